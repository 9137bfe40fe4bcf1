/**
 * Restores or verifies a backup and is killed at a step. Arguments: `STEP STORE ROOT`. The step is
 * `verify` or the number of the rename that does not happen.
 *
 * @module
 */
import { findBackup } from "../../etl/backup/catalog.ts";
import { openFolder } from "../../etl/backup/folder.ts";
import { restoreDataset, verifyDataset } from "../../etl/backup/restore_dataset.ts";
import { NEVER } from "./support.ts";

const [step = "", from = "", root = ""] = Deno.args;
const die = () => Deno.kill(Deno.pid, "SIGKILL");
const store = openFolder(from);
const entry = await findBackup(store, { id: undefined, fits: () => true });
if (step === "verify") {
  let reads = 0;
  const read: typeof store.read = (name) => (++reads > 6 ? die() : undefined, store.read(name));
  await verifyDataset({ store: { ...store, read }, entry, root, signal: NEVER });
}
const { rename } = Deno;
let renames = 0;
Deno.rename = async (path, to) => {
  if (`${path}`.includes("/.restoring/") && !`${to}`.includes("/.restoring/")) {
    if (renames++ === Number(step)) die();
  }
  await rename(path, to);
};
await restoreDataset({ store, entry, root, signal: NEVER });
