import { assert, assertEquals } from "@std/assert";
import { MANIFEST_FORMAT, manifestText } from "../../../etl/load/dataset/manifest.ts";
import { verify } from "../../../etl/load/dataset/verify.ts";
import { endOf, type Intact, makeIntact, READERS, WRITERS } from "../../damage.ts";
import { findBackup } from "../../../etl/backup/catalog.ts";
import { openFolder } from "../../../etl/backup/folder.ts";
import { restoreDataset } from "../../../etl/backup/restore_dataset.ts";
import { NEVER } from "../../backup/support.ts";
import { bytesOf, folder, open, people, run } from "./support.ts";

/** Lists the files below the folder of all tables. */
async function namesIn(tables: string): Promise<string[]> {
  return Object.keys(await bytesOf(tables)).sort();
}

/** Converts tables to the format of debr 0.2, which has the ids next to the parts of users. */
async function makeOlder(root: string): Promise<void> {
  const { tables, manifest } = await open(root);
  for (const { file } of manifest.tables.users.parts) {
    const name = file.replace("users/", "").replace("parquet", "ids");
    await Deno.rename(`${tables}/.ids/${name}`, `${tables}/users/.${name}`);
  }
  await Deno.remove(`${tables}/.ids`);
  await Deno.writeTextFile(`${tables}/manifest.json`, manifestText({ ...manifest, format: 1 }));
}

async function older(path: string): Promise<Intact & { readonly root: string }> {
  const intact = await makeIntact(path);
  await makeOlder(`${path}/data`);
  return { ...intact, root: `${path}/data` };
}

Deno.test("the folder of a table holds only Parquet files, and no hidden files", async () => {
  await using dir = await folder();
  await run(dir.path, [[people(20)]]);
  const names = await namesIn(`${dir.path}/data/tables`);
  assertEquals(names.filter((name) => !/^[a-z]+\/part-00001\.parquet$/.test(name)), [
    ".ids/part-00001.ids",
    "manifest.json",
  ]);
});

Deno.test("every command that only reads accepts the tables of an older debr", async () => {
  await using dir = await folder();
  const { root, ...intact } = await older(dir.path);
  const before = await bytesOf(`${root}/tables`);
  for (const [name, read] of Object.entries(READERS)) {
    const { status, error } = await endOf(() => read(root, intact));
    assertEquals(status, 0, `${name}: ${error}`);
  }
  assertEquals(await bytesOf(`${root}/tables`), before);
  const store = openFolder(`${dir.path}/backups`);
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  await restoreDataset({ store, entry, root: `${dir.path}/restored`, signal: NEVER });
  assertEquals(await bytesOf(`${dir.path}/restored/tables`), before);
});

type Work = (typeof WRITERS)[string];

const MORE: Record<string, Work> = {
  replace: async (_, { dir }) => await run(dir, [[people(30)]]),
  "append without new people": async (_, { dir }) =>
    await run(dir, [[people(40, "damage").slice(2, 9)]], { mode: "append" }),
};

for (const [name, write] of Object.entries({ ...WRITERS, ...MORE })) {
  Deno.test(`the next write moves the ids of an older debr: ${name}`, async () => {
    await using dir = await folder();
    const { root, ...intact } = await older(dir.path);
    await write(root, intact);
    const names = await namesIn(`${root}/tables`);
    assertEquals(names.filter((file) => /^users\/\./.test(file)), []);
    assert(names.includes(".ids/part-00001.ids"));
    assertEquals((await open(root)).manifest.format, MANIFEST_FORMAT);
    assertEquals((await verify(root)).faults, []);
  });
}
