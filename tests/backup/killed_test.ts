import { assert, assertEquals, assertRejects } from "@std/assert";
import { findBackup } from "../../etl/backup/catalog.ts";
import { openFolder } from "../../etl/backup/folder.ts";
import { restoreDataset, verifyDataset } from "../../etl/backup/restore_dataset.ts";
import { DestinationError } from "../../etl/common/errors.ts";
import { exists } from "../../etl/load/dataset/files.ts";
import { findLeftovers } from "../../etl/load/dataset/swap.ts";
import { lockDataset } from "../../etl/load/dataset/open.ts";
import { verify } from "../../etl/load/dataset/verify.ts";
import { broken, bytesOf, folder, people, run } from "../load/dataset/support.ts";
import { backUp, NEVER } from "./support.ts";
import { windowsLacks } from "../windows.ts";

const POOL = people(25);

interface Made {
  readonly path: string;
  readonly data: string;
  readonly backups: string;
}

/** Makes and backs up a dataset with rejects and a history. */
async function backedUp(path: string): Promise<Made> {
  await run(path, [[[...POOL.slice(0, 20), broken(POOL[20])]]]);
  const made = { path, data: `${path}/data`, backups: `${path}/backups` };
  await backUp(openFolder(made.backups), { root: made.data });
  return made;
}

async function restore({ backups }: Made, root: string): Promise<void> {
  const store = openFolder(backups);
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  await restoreDataset({ store, entry, root, signal: NEVER });
}

/** Runs a restore or a verification that is killed at a step. */
async function killed({ backups }: Made, step: string, root: string): Promise<void> {
  const { signal, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "tests/backup/killed.ts", step, backups, root],
  }).output();
  assertEquals(signal, "SIGKILL", new TextDecoder().decode(stderr));
}

async function content(root: string): Promise<Record<string, string>> {
  const { [".lock"]: _, ...files } = await bytesOf(root);
  return files;
}

for (const step of ["0", "1", "2"]) {
  Deno.test({
    name: `a restore killed before its rename ${step} continues when it is run again`,
    ignore: windowsLacks("signals"),
    fn: async () => {
      await using dir = await folder();
      const made = await backedUp(dir.path);
      const root = `${dir.path}/restored`;
      await killed(made, step, root);
      assertEquals(await findLeftovers(root), [`${root}/.restoring`]);
      await restore(made, root);
      assertEquals(await content(root), await content(made.data));
      assertEquals((await verify(root)).faults, []);
      await assertRejects(() => restore(made, root), DestinationError, "it is not empty");
    },
  });
}

Deno.test({
  name: "a killed restore reports that its backup is no longer the newest",
  ignore: windowsLacks("signals"),
  fn: async () => {
    await using dir = await folder();
    const made = await backedUp(dir.path);
    const root = `${dir.path}/restored`;
    await killed(made, "1", root);
    await run(dir.path, [[POOL]], { mode: "append" });
    await backUp(openFolder(made.backups), { root: made.data, now: () => Date.now() + 86_400_000 });
    const fault = await assertRejects(
      () => restore(made, root),
      DestinationError,
      "was completed there instead",
    );
    assertEquals(fault.next, { code: "restore_finished", data: root });
    assertEquals((await verify(root)).people, 20);
  },
});

Deno.test({
  name: "verify lists the leftovers of a killed verification, and the next run removes them",
  ignore: windowsLacks("signals"),
  fn: async () => {
    for (const next of ["extract", "restore --verify"]) {
      await using dir = await folder();
      const made = await backedUp(dir.path);
      await killed(made, "verify", made.data);
      const { faults, leftovers } = await verify(made.data);
      assertEquals([faults.length, leftovers.length], [0, 1]);
      const [left = ""] = leftovers;
      assert(left.startsWith(`${made.data}/.verify-`));
      if (next === "extract") await run(dir.path, [[POOL]]);
      else {
        const store = openFolder(made.backups);
        const entry = await findBackup(store, { id: undefined, fits: () => true });
        const job = { store, entry, root: made.data, signal: NEVER };
        assertEquals((await verifyDataset(job)).swept, [left]);
      }
      await assertRejects(() => Deno.stat(left), Deno.errors.NotFound);
    }
  },
});

Deno.test("the folder of a verification is a leftover if its lock is free, or after a day without a lock file", async () => {
  await using dir = await folder();
  const root = dir.path;
  const [alive, ended, fresh, old] = ["alive", "ended", "fresh", "old"]
    .map((name) => `${root}/.verify-${name}`);
  await Deno.mkdir(fresh!);
  await Deno.mkdir(old!);
  (await lockDataset(ended!))[Symbol.dispose]();
  using _lock = await lockDataset(alive!);
  const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const path of [alive, old]) await Deno.utime(path!, before, before);
  assertEquals(await findLeftovers(root), [ended!, old!]);
});

Deno.test("the next backup removes unfinished files that are old and not locked by a process", async () => {
  await using dir = await folder();
  const { backups, data } = await backedUp(dir.path);
  const long = new Date(Date.now() - 60 * 60 * 1000);
  const left = async (name: string, modified: Date) => {
    const path = `${backups}/20261124T010000Z-postgres-${name}/database.dump.partial-0a1b2c3d`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")));
    await Deno.writeTextFile(path, "people");
    await Deno.utime(path, modified, modified);
    return path;
  };
  const dead = await left("000000000001", long);
  const fresh = await left("000000000002", new Date());
  const held = await left("000000000003", long);
  using holder = await Deno.open(held, { read: true, write: true });
  await holder.lock(true);
  await backUp(openFolder(backups), { root: data });
  assertEquals(await exists(dead.slice(0, dead.lastIndexOf("/"))), false);
  assertEquals([await exists(fresh), await exists(held)], [true, true]);
});
