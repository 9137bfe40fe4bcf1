/**
 * Other libraries read the tables: each opens a folder, a glob and one file.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { columnsOf, type ColumnType, TABLES } from "../../schema/mod.ts";
import { layout } from "../../etl/load/dataset/paths.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { extracted, savePages } from "../extracted.ts";
import { ROOT } from "../layers.ts";
import { people, run as runPages } from "../load/dataset/support.ts";
import { readFile, readTables } from "../read_back.ts";
import { readWithDuckdb } from "../read_duckdb.ts";
import { temporary } from "../temporary.ts";
import { installDbt } from "./dbt.ts";
import { python } from "./readers.ts";
import { run } from "./servers.ts";

const HERE = `${ROOT}tests/integration`;

Deno.test("pyarrow and native DuckDB read the same values as hyparquet", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const pages = (["1.3", "1.4"] as const).map((version) =>
    JSON.parse(syntheticPage({ seed: "readers", page: 1, results: 1000, version }))
  );
  await extracted({ source: await savePages(folder.path, pages) }, { root });
  const { tables } = layout(root);
  const expected = await readTables(tables);
  assertEquals(expected.users.length, 2000);
  const read = await run(await python(), [`${HERE}/read_pyarrow.py`, tables]);
  assertEquals<unknown>(JSON.parse(read), expected);
  assertEquals<unknown>(await readWithDuckdb(root, "native"), expected);
});

/** Returns the expected output of a reader: the number of rows and a hash over their values. */
async function summaryOf(rows: readonly Record<string, string | number>[]): Promise<string> {
  const lines = rows.map((row) => {
    const values = Object.entries(row).map(([name, value]) =>
      /_of_birth|_at$/.test(name) ? String(value).replace("Z", "") : value
    );
    return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  }).sort();
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `${rows.length} ${hash.toHex()}`;
}

const SPARK_TYPES: Readonly<Record<ColumnType, string>> = {
  text: "string",
  uuid: "binary",
  integer: "int",
  decimal: "decimal(7, 4)",
  timestamp: "timestamp_ntz",
};

/** The libraries, each with its Python. */
const READERS: Readonly<Record<string, () => Promise<string>>> = {
  pyarrow: python,
  pandas: python,
  polars: python,
  duckdb: python,
  datafusion: python,
  fastparquet: python,
  chdb: python,
  daft: python,
  spark: async () => {
    await installDbt("spark");
    return `${ROOT}data/dbt-spark/venv/bin/python`;
  },
};

Deno.test("nine libraries read a table's folder, a glob of it and one file", async (t) => {
  await using folder = await temporary();
  await runPages(folder.path, [[people(500, "a")], [people(500, "b")]]);
  const { tables } = layout(`${folder.path}/data`);
  const parts = await Promise.all(
    [1, 2].map((n) => readFile(`${tables}/users/part-0000${n}.parquet`)),
  );
  const all = await summaryOf(parts.flat());
  const expected = { folder: all, glob: all, file: await summaryOf(parts[0]!) };
  const columns = JSON.stringify(
    columnsOf(TABLES.users).map(({ name, type }) => [name, SPARK_TYPES[type]]),
  );
  for (const [reader, program] of Object.entries(READERS)) {
    await t.step(reader, async () => {
      const args = [`${HERE}/read_tables.py`, reader, tables, columns];
      const printed = await run(await program(), args);
      assertEquals(JSON.parse(printed.trim().split("\n").at(-1)!), expected);
    });
  }
});
