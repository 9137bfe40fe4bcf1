import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { findBackup, isGood, noted, readCatalog } from "../../etl/backup/catalog.ts";
import { openFolder } from "../../etl/backup/folder.ts";
import { DamagedError } from "../../etl/backup/manifest.ts";
import { verifyDataset } from "../../etl/backup/restore_dataset.ts";
import type { Store } from "../../etl/backup/store.ts";
import { DestinationError } from "../../etl/common/errors.ts";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import { BREAKS, BREAKS_OF_MANY, objectsOf } from "./breaks.ts";
import { backedUp, backUp, NEVER, reseal } from "./support.ts";

async function verify(store: Store, { id, root }: { id: string; root: string }) {
  const entry = await findBackup(store, { id, fits: () => true });
  return await noted(() => verifyDataset({ store, entry, root, signal: NEVER }), {
    store,
    entry,
    now: () => Date.now(),
    warn: (error) => {
      throw error;
    },
  });
}

for (const [how, { breaking, says }] of Object.entries({ ...BREAKS, ...BREAKS_OF_MANY })) {
  Deno.test(`verify finds ${how}`, async () => {
    await using folder = await temporary();
    const { store, id } = await backedUp(`${folder.path}/backups`);
    const data = `${folder.path}/data`;
    await writePeople(data, { people: 50 });
    const { manifest: other } = await backUp(store, { root: data });
    const root = `${folder.path}/scratch`;
    await verify(store, { id, root });
    const files = `${folder.path}/backups/${id}`;
    await breaking({
      folder: files,
      other: `${folder.path}/backups/${other.id}`,
      objects: await objectsOf(files),
    });
    const error = await assertRejects(() => verify(store, { id, root }), DestinationError);
    assertMatch(error.message, says);
    assert(error.next !== undefined);
    // A backup that failed verification no longer counts as good, even if an earlier one passed.
    const good = (await readCatalog(store)).filter(isGood).map((entry) => entry.id);
    assertEquals(good, [other.id]);
  });
}

Deno.test("a manifest that names files outside the backup is refused", async () => {
  for (const name of ["../tables/x", "/etc/x", "a/../../x", "a//x", ".", "a/.."]) {
    await using folder = await temporary();
    const { store, id } = await backedUp(folder.path);
    const file = `${folder.path}/${id}/manifest.json`;
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replace("tables/manifest.json", name));
    const error = await assertRejects(() => verify(store, { id, root: folder.path }), DamagedError);
    assertMatch(error.message, /objects\.\d+\.name should be/);
    await assertRejects(() => reseal(`${folder.path}/${id}`, () => {}));
  }
});

Deno.test("the catalog shows whether verification of a backup passed or failed", async () => {
  await using folder = await temporary();
  const { store, id } = await backedUp(`${folder.path}/backups`);
  const state = async () => (await readCatalog(store))[0]?.state;
  assertEquals(await state(), "complete");
  await verify(store, { id, root: folder.path });
  assertEquals(await state(), "verified");
  const users = `${folder.path}/backups/${id}/tables/users/part-00001.parquet`;
  const bytes = await Deno.readFile(users);
  await Deno.writeFile(users, bytes.toReversed());
  await assertRejects(() => verify(store, { id, root: folder.path }), DamagedError);
  assertEquals(await state(), "failed");
  await Deno.writeTextFile(`${folder.path}/backups/${id}/verification.json`, "{");
  assertEquals(await state(), "complete");
});

Deno.test("without write access, verify warns that the result was not saved", async () => {
  await using folder = await temporary();
  const { store, id } = await backedUp(folder.path);
  const entry = await findBackup(store, { id, fits: () => true });
  const warned: string[] = [];
  const readOnly: Store = {
    ...store,
    write: () => Promise.reject(new DestinationError("Cannot write", { step: "backup" })),
  };
  const options = { store: readOnly, entry, now: () => 0 };
  const result = await noted(() => Promise.resolve("done"), {
    ...options,
    warn: ({ message }) => void warned.push(message),
  });
  assertEquals([result, warned], ["done", ["Cannot write"]]);
});

Deno.test("other files in the folder are not listed as backups", async () => {
  await using folder = await temporary();
  const { store, id } = await backedUp(folder.path);
  await Deno.mkdir(`${folder.path}/notes`);
  await Deno.writeTextFile(`${folder.path}/notes/a.txt`, "theirs");
  await Deno.writeTextFile(`${folder.path}/${id.replace("dataset", "other")}`, "theirs");
  assertEquals((await readCatalog(store)).map((entry) => entry.id), [id]);
  assertEquals(await readCatalog(openFolder(`${folder.path}/nowhere`)), []);
});
