/**
 * SQL that tries to reach other files or settings. Both engines refuse each statement with a clear
 * message, and nothing is left behind.
 *
 * @module
 */
import { type Dataset, openDataset, openSteady } from "../../etl/query/dataset.ts";
import { UsageError } from "../../etl/common/errors.ts";
import type { EngineName } from "../../etl/query/options.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { makeDataset } from "./dataset.ts";

/** Refused statements, and lists of statements with a refused one. */
const STATEMENTS: readonly (string | readonly string[])[] = JSON.parse(
  Deno.readTextFileSync(new URL("./refused.json", import.meta.url)),
);

/** Two statements that look like one to a simple parser. */
const HIDDEN = [
  "select 1; copy users to '/tmp/debr-was-here.csv'",
  "select 1 -- \r; copy users to '/tmp/debr-was-here.csv'",
  "select 1 /* */ ; copy users to '/tmp/debr-was-here.csv' /* */",
  "select E'\\''; copy users to '/tmp/debr-was-here.csv'; --'",
  "select $a$ $b$ $a$; copy users to '/tmp/debr-was-here.csv'; select $b$ $b$",
  "select 1) ; copy users to '/tmp/debr-was-here.csv'; select (1",
];

/** Statements that an engine refuses even without debr's checks. */
const BEYOND = [
  "set lock_configuration = false",
  "set enable_external_access = true",
  "set temp_directory = '/tmp/debr-was-here'",
  "copy users to '/tmp/debr-was-here.csv'",
  "attach '/tmp/debr-was-here.db' as other",
  "from read_csv_auto('/etc/passwd')",
  "install httpfs",
];

async function fingerprint(data: string): Promise<string> {
  const lines: string[] = [];
  for await (const { name } of Deno.readDir(`${data}/tables/users`)) {
    const path = `${data}/tables/users/${name}`;
    lines.push(`${name} ${await Deno.readTextFile(path)}`);
  }
  return lines.sort().join("\n");
}

async function traces(): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir("/tmp"), ({ name }) => name);
  return names.filter((name) => name.startsWith("debr-was-here"));
}

/** Drops the objects that a refused script made. */
async function undo(script: readonly string[], dataset: Dataset): Promise<void> {
  if (script.length === 1) return;
  if (script[0] === "begin") await dataset.run("rollback");
  for (const own of ["macro table if exists f", "table if exists t"]) {
    await dataset.run(`drop ${own}`);
  }
}

/** Registers the tests of one engine. */
export function testSaboteurs(engine: EngineName): void {
  Deno.test(`${engine} refuses SQL that does more than read the tables`, async () => {
    const data = await makeDataset();
    const dataset = await openDataset(data, { engine });
    const before = await fingerprint(data);
    await dataset.run("create table own (i varchar)");
    for (const statements of STATEMENTS) {
      const script = [statements].flat();
      const sql = script.join("; ");
      const error = await assertRejects(async () => {
        for (const sql of script) await dataset.run(sql);
      }, UsageError);
      await undo(script, dataset);
      assertMatch(
        error.message,
        /^(?:Refused to (?:run|read) |Cannot run set \w* ?memory)/,
        `${sql}\n${error.message}`,
      );
      assert(error.next, sql);
    }
    for (const sql of HIDDEN) await assertRejects(() => dataset.run(sql), UsageError, "");
    const result = await dataset.query("select (select count(*) from users), count(*) from own");
    assertEquals(await result.rows(), [["3", "0"]]);
    dataset.close();
    assertEquals(await fingerprint(data), before);
    assertEquals(await traces(), []);
    await Deno.remove(data, { recursive: true });
  });

  Deno.test(`${engine} alone cannot reach other files or settings either`, async () => {
    const data = await makeDataset();
    const { engine: alone } = await openSteady(data, { engine });
    for (const sql of BEYOND) await assertRejects(() => alone.execute(sql), Error, "", sql);
    alone.close();
    assertEquals(await traces(), []);
    await Deno.remove(data, { recursive: true });
  });

  Deno.test(`${engine} reads a part by its path and refuses other files of the dataset`, async () => {
    const data = await makeDataset();
    const dataset = await openDataset(data, { engine });
    const path = `${data}/tables/users/part-00000.parquet`;
    const result = await dataset.query(`select count(*) from '${path}'`);
    assertEquals(await result.rows(), [["3"]]);
    await result.close();
    await Deno.copyFile(path, `${data}/tables/other.parquet`);
    for (
      const sql of [`from '${data}/tables/other.parquet'`, `from '${data}/tables/*/*.parquet'`]
    ) {
      await assertRejects(() => dataset.query(sql), UsageError, "Refused to read");
    }
    dataset.close();
    await Deno.remove(data, { recursive: true });
  });
}
