/**
 * MySQL, which differs from MariaDB in its catalog and in its regular expressions.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { askDatabase } from "../../etl/quality/check/database.ts";
import { suiteOf } from "../../etl/quality/check/suite.ts";
import { checkAsked, checkTables } from "../../etl/quality/check/tables.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { assertDialectPatterns } from "../quality/check/patterns.ts";
import { ROOT } from "../layers.ts";
import { assertSameRows } from "./compare.ts";
import { assertWays } from "./drift_ways.ts";
import { runLoad, session } from "./load_support.ts";
import { mysqlServer } from "./mysql_server.ts";

const SAMPLE = `${ROOT}data/sample`;
const server = await mysqlServer();

/** Makes an empty database. */
async function empty(name: string): Promise<string> {
  const url = server!.url(name);
  await using admin = await session(server!.url("people"));
  await admin.run(`create database ${name}`);
  return url;
}

const only = { ignore: server === undefined, sanitizeOps: false, sanitizeResources: false };

Deno.test.afterAll(async () => await server?.[Symbol.asyncDispose]());

Deno.test({
  ...only,
  name:
    "MySQL: every value is loaded, a second load changes nothing, and check gives the same results",
  fn: async () => {
    const url = await empty("loaded");
    assertEquals((await runLoad(url, ["--data", SAMPLE])).status, 0);
    const { tables } = JSON.parse((await runLoad(url, ["--data", SAMPLE, "--json"])).out);
    assertEquals([tables.users.unchanged, tables.users.updated], [1000, 0]);
    await using database = await session(url);
    assertEquals(database.flavour, "mysql");
    await assertSameRows(database, SAMPLE);
    const around = { now: Date.now(), written: () => Promise.resolve(Date.now()) };
    const queries = await askDatabase(database);
    const fromDatabase = await checkAsked(suiteOf("tables"), { ...around, asked: queries });
    const dataset = await openDataset(SAMPLE);
    const fromFiles = await checkTables(suiteOf("tables"), { ...around, dataset });
    dataset.close();
    const comparable = ({ outcomes }: typeof fromFiles) =>
      outcomes.filter(({ expectation: { name } }) => name !== "users.fresh")
        .map(({ expectation: { name }, verdict, total, failed }) => [name, verdict, total, failed]);
    assertEquals(comparable(fromDatabase), comparable(fromFiles));
  },
});

Deno.test({
  ...only,
  name: "MySQL: a pattern matches the same texts as in JavaScript",
  fn: async () => {
    await using database = await session(await empty("patterns"));
    await assertDialectPatterns(database);
  },
});

Deno.test({
  ...only,
  name: "MySQL: each change to the tables is reported, and the next step reverts it",
  fn: async (t) => await assertWays(t, { kind: "mysql", url: await empty("drifted") }),
});
