import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeIds, sortIds } from "../../../etl/load/dataset/ids.ts";
import { checksumOf } from "../../../etl/load/dataset/intact.ts";
import { manifestText, type Part } from "../../../etl/load/dataset/manifest.ts";
import { verify } from "../../../etl/load/dataset/verify.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import {
  concatRows,
  selectRows,
  type TableData,
} from "../../../etl/transform/normalise/columns.ts";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { writeParquet } from "../../../etl/load/parquet/parquet.ts";
import { readParquet } from "../../../etl/load/parquet/read.ts";
import type { TableName } from "../../../schema/mod.ts";
import { broken, folder, open, people, run } from "./support.ts";
import { nextOf } from "../../next.ts";

async function faults(root: string): Promise<string[]> {
  const { faults } = await verify(root);
  return faults.map(({ file, what, next }) => {
    assert(nextOf({ next }).length > 0);
    return `${file.slice(root.length + 1)} ${what}`;
  });
}

/** Makes a dataset with two parts of 20 people and one reject. */
async function dataset(dir: string): Promise<string> {
  const pool = people(41);
  await run(dir, [[pool.slice(0, 20)], [pool.slice(20, 40), [broken(pool[40])]]]);
  return `${dir}/data`;
}

const DAMAGE: Record<string, readonly [(tables: string) => Promise<unknown>, readonly RegExp[]]> = {
  "a deleted part": [
    (tables) => Deno.remove(`${tables}/altids/part-00002.parquet`),
    [/^tables\/altids\/part-00002.parquet is missing$/],
  ],
  "a flipped byte": [
    async (tables) => {
      const path = `${tables}/users/part-00001.parquet`;
      const bytes = await Deno.readFile(path);
      bytes[1000]! ^= 1;
      await Deno.writeFile(path, bytes);
    },
    [/^tables\/users\/part-00001.parquet has another SHA-256/],
  ],
  "a truncated part": [
    (tables) => Deno.truncate(`${tables}/logins/part-00001.parquet`, 100),
    [/^tables\/logins\/part-00001.parquet has 100 bytes, the manifest says [\d,]+$/],
  ],
  "a damaged table of portraits": [
    (tables) => Deno.truncate(`${tables}/media/part-00001.parquet`, 100),
    [/^tables\/media\/part-00001.parquet has 100 bytes/],
  ],
  "a stray part": [
    (tables) =>
      Deno.copyFile(`${tables}/users/part-00001.parquet`, `${tables}/users/part-00009.parquet`),
    [/^tables\/users\/part-00009.parquet is not in the manifest$/],
  ],
  "ids of another part": [
    (tables) => Deno.copyFile(`${tables}/.ids/part-00001.ids`, `${tables}/.ids/part-00002.ids`),
    [/^tables\/.ids\/part-00002.ids has another SHA-256 than the manifest says$/],
  ],
  "no ids": [
    (tables) => Deno.remove(`${tables}/.ids/part-00001.ids`),
    [/^tables\/.ids\/part-00001.ids is missing$/],
  ],
  "lost rejects": [
    (tables) => Deno.remove(`${tables}/../rejects`, { recursive: true }),
    [/^rejects\/[0-9a-f]{16}.ndjson is missing$/],
  ],
};

for (const [name, [damage, expected]] of Object.entries(DAMAGE)) {
  Deno.test(`verify finds and names ${name}`, async () => {
    await using dir = await folder();
    const root = await dataset(dir.path);
    assertEquals(await faults(root), []);
    await damage(`${root}/tables`);
    const found = await faults(root);
    assertEquals(found.length, expected.length, found.join("; "));
    for (const [at, pattern] of expected.entries()) assert(pattern.test(found[at]!), found[at]);
  });
}

/** Rewrites a part with changed rows, and updates the manifest and ids to match. */
async function forge(
  root: string,
  { table, at = 0, change }: {
    table: TableName;
    at?: number;
    change: (data: TableData) => TableData;
  },
): Promise<void> {
  const { tables, manifest } = await open(root);
  const part = manifest.tables[table].parts[at]!;
  const path = `${tables}/${part.file}`;
  const data = change(await readParquet(await Deno.readFile(path), table));
  const bytes = writeParquet(data);
  await Deno.writeFile(path, bytes);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const ids = encodeIds(sortIds((data.columns["user_id"] ?? new Uint8Array()) as Uint8Array));
  const forged: Part = { ...part, rows: data.rows, bytes: bytes.length, sha256 };
  if (table === "users") forged.ids = checksumOf(ids).sha256;
  manifest.tables[table].rows += data.rows - part.rows;
  manifest.tables[table].parts[at] = forged;
  await Deno.writeTextFile(`${tables}/manifest.json`, manifestText(manifest));
  if (table !== "users") return;
  await Deno.writeFile(`${tables}/.ids/part-0000${at + 1}.ids`, ids);
}

function withText(column: string, text: string) {
  return (data: TableData): TableData => {
    const values = [...data.columns[column] as Texts];
    values[0] = text;
    return { ...data, columns: { ...data.columns, [column]: Texts.from(values) } };
  };
}

const withoutFirst = (data: TableData) => selectRows(data, (row) => row > 0);
const firstTwice = (data: TableData) =>
  concatRows(data.table, [data, selectRows(data, (row) => row < 1)]);

const FORGED: Record<string, readonly [Parameters<typeof forge>[1], RegExp]> = {
  "a changed value": [
    { table: "users", change: withText("city", "Elsewhere") },
    /users\/part-00001.parquet 1 row with a user_id that does not match their values/,
  ],
  "a missing country": [
    { table: "users", change: withText("country_code", "XX") },
    /users\/part-00001.parquet 1 row with a country_code that is missing in countries/,
  ],
  "a missing portrait": [
    { table: "media", change: withoutFirst },
    /users\/part-0000\d.parquet \d+ rows? with a media_id that is missing in media/,
  ],
  "a code that does not match its values": [
    { table: "timezones", change: withText("description", "Elsewhere") },
    /timezones\/part-00001.parquet 1 row with a code that does not match their values/,
  ],
  "a person without a login": [
    { table: "logins", change: withoutFirst },
    /logins\/part-00001.parquet 1 row missing: people without a login/,
  ],
  "a login twice": [
    { table: "logins", change: firstTwice },
    /logins\/part-00001.parquet 1 row with a user_id that another row has/,
  ],
  "an alternative id twice": [
    { table: "altids", change: firstTwice },
    /altids\/part-00001.parquet 1 row with a user_id and altid_name that another row has/,
  ],
  "a login without a person": [
    { table: "users", change: withoutFirst },
    /logins\/part-00001.parquet 1 row with a user_id that is missing in users/,
  ],
  "a person twice": [
    { table: "users", change: firstTwice },
    /.ids\/part-00001.ids lists 1 person twice/,
  ],
};

for (const [name, [change, pattern]] of Object.entries(FORGED)) {
  Deno.test(`verify finds ${name} although the hashes match`, async () => {
    await using dir = await folder();
    const root = await dataset(dir.path);
    await forge(root, change);
    const found = await faults(root);
    assert(found.some((fault) => pattern.test(fault)), found.join("; "));
  });
}

Deno.test("verify finds a person who is in two parts", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  const { tables } = await open(root);
  const first = await readParquet(
    await Deno.readFile(`${tables}/users/part-00001.parquet`),
    "users",
  );
  const change = (data: TableData) =>
    concatRows("users", [data, selectRows(first, (row) => row === 3)]);
  await forge(root, { table: "users", at: 1, change });
  const found = await faults(root);
  assert(found.includes("tables/.ids/part-00002.ids lists 1 person twice"));
});

Deno.test("verify finds a row that no other row references", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  const change = (data: TableData) => {
    const columns = { country_code: Texts.from(["XX"]), country_name: Texts.from(["Nowhere"]) };
    return concatRows("countries", [data, { table: "countries", rows: 1, columns }]);
  };
  await forge(root, { table: "countries", change });
  assertEquals(await faults(root), [
    "tables/countries/part-00001.parquet has 1 row without a reference",
  ]);
});

Deno.test("verify finds counts in the manifest that do not add up", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  const { tables, manifest } = await open(root);
  manifest.people.received++;
  manifest.tables.logins.rows++;
  manifest.batches[0]!.rows--;
  await Deno.writeTextFile(`${tables}/manifest.json`, manifestText(manifest));
  const found = await faults(root);
  assertEquals(found.length, 3, found.join("; "));
  assert(found.every((fault) => fault.startsWith("tables/manifest.json says")));
});

Deno.test("verify reports a missing, broken or newer manifest, and a missing dataset", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  const path = `${root}/tables/manifest.json`;
  const text = await Deno.readTextFile(path);
  const cases: readonly [string | undefined, string][] = [
    [text.replace('"format": 2', '"format": 99'), "format 99 is newer than 2"],
    ["{", "it is not JSON"],
    ["{}", "format is missing"],
    [undefined, "it is missing"],
  ];
  for (const [damaged, message] of cases) {
    if (damaged === undefined) await Deno.remove(path);
    else await Deno.writeTextFile(path, damaged);
    await assertRejects(() => verify(root), DestinationError, message);
  }
  await assertRejects(() => verify(`${dir.path}/none`), DestinationError, "nothing was committed");
});

Deno.test("verify reports no false fault while another run replaces the tables", async () => {
  await using dir = await folder();
  const pool = people(60);
  await run(dir.path, [[pool.slice(0, 20)]]);
  let writing = true;
  const writer = (async () => {
    for (let size = 21; size < 45; size++) await run(dir.path, [[pool.slice(0, size)]]);
    writing = false;
  })();
  while (writing) {
    try {
      assertEquals((await verify(`${dir.path}/data`)).faults, []);
    } catch (error) {
      assert(
        error instanceof DestinationError && error.message.includes("replaced"),
        `${error}`,
      );
    }
  }
  await writer;
  assertEquals((await verify(`${dir.path}/data`)).people, 44);
});

Deno.test("verify stops at its abort signal before the next file", async () => {
  const stopped = new Error("stopped");
  const error = await assertRejects(() =>
    verify("data/sample", { signal: AbortSignal.abort(stopped) })
  );
  assertEquals(error, stopped);
});
