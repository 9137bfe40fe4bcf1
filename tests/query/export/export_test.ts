import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../../etl/common/errors.ts";
import { exportTables } from "../../../etl/query/export/export.ts";
import { readTables } from "../../read_back.ts";
import { temporary } from "../../temporary.ts";
import { TABLE_NAMES } from "../../../schema/mod.ts";

const SAMPLE = "data/sample";
const signal = new AbortController().signal;

/** Returns the rows of the sample as SQLite prints them, sorted by key. */
async function expected(): Promise<Record<string, unknown[]>> {
  const tables = await readTables(`${SAMPLE}/tables`);
  return Object.fromEntries(TABLE_NAMES.map((name) => [
    name,
    tables[name].map((row) =>
      JSON.stringify(
        Object.entries(row).map(([column, value]) =>
          /_of_birth|_at$/.test(column) ? String(value).replace("T", " ").replace("Z", "") : value
        ),
      )
    ).sort(),
  ]));
}

function rowsOf(path: string): Record<string, unknown[]> {
  using database = new DatabaseSync(path, { readOnly: true });
  assertEquals(database.prepare("pragma foreign_key_check").all(), []);
  return Object.fromEntries(TABLE_NAMES.map((name) => [
    name,
    database.prepare(`select * from ${name}`).all().map((row) =>
      JSON.stringify(
        Object.entries(row).map(([column, value]) =>
          /itude$/.test(column) ? Number(value).toFixed(4) : value
        ),
      )
    ).sort(),
  ]));
}

Deno.test("a SQLite file has every value and key of the six tables, and only its owner can read it", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/new/people.sqlite`;
  for (const _ of ["made", "replaced"]) {
    await exportTables(path, { data: SAMPLE, engine: "wasm", signal });
    assertEquals(rowsOf(path), await expected());
    if (Deno.build.os !== "windows") assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
    const left = await Array.fromAsync(Deno.readDir(`${folder.path}/new`));
    assertEquals(left.map(({ name }) => name), ["people.sqlite"]);
  }
  using database = new DatabaseSync(path, { readOnly: true });
  const [users] = database.prepare("select sql from sqlite_master where name = 'users'").all();
  assertMatch(String(users!["sql"]), /"email" text not null, -- .+ Privacy: personal\./);
});

/** Files that an export must not replace, and the error for each. */
const EXISTING: Readonly<Record<string, readonly [(path: string) => void, RegExp]>> = {
  "a text": [(path) => Deno.writeTextFileSync(path, "notes"), /it is not a sqlite file$/],
  "a folder": [(path) => Deno.mkdirSync(path), /it is not a sqlite file$/],
  "a database of another program": [(path) => {
    using database = new DatabaseSync(path);
    database.exec("create table scores (a)");
  }, /it holds scores, which debr did not write$/],
  "a file that is in use": [
    (path) => Deno.writeTextFileSync(`${path}.wal`, ""),
    /another program has it open$/,
  ],
};

for (const [name, [put, says]] of Object.entries(EXISTING)) {
  Deno.test(`an export does not replace ${name}`, async () => {
    await using folder = await temporary();
    const path = `${folder.path}/people.sqlite`;
    put(path);
    const before = Deno.readDirSync(folder.path).map(({ name }) => name).toArray();
    const error = await assertRejects(
      () => exportTables(path, { data: SAMPLE, engine: "wasm", signal }),
      UsageError,
    );
    assertMatch(error.message, says);
    assertEquals(Deno.readDirSync(folder.path).map(({ name }) => name).toArray(), before);
  });
}

Deno.test("a failed export does not change an existing file", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/people.sqlite`;
  await exportTables(path, { data: SAMPLE, engine: "wasm", signal });
  const before = await Deno.readFile(path);
  const stopped = AbortSignal.abort(new Error("stopped"));
  for (
    const options of [{ data: SAMPLE, signal: stopped }, { data: `${folder.path}/no`, signal }]
  ) {
    await assertRejects(() => exportTables(path, { engine: "wasm", ...options }));
    assertEquals(await Deno.readFile(path), before);
    assertEquals((await Array.fromAsync(Deno.readDir(folder.path))).length, 1);
  }
  await assertRejects(
    () => exportTables(`${folder.path}/people.txt`, { data: SAMPLE, engine: "wasm", signal }),
    UsageError,
    "unknown file name extension",
  );
});
