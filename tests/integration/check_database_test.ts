import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { loadCustom } from "../../etl/quality/check/custom.ts";
import { askDatabase } from "../../etl/quality/check/database.ts";
import { type Expectation, expectation } from "../../etl/quality/check/expectation.ts";
import type { Evaluated, Outcome } from "../../etl/quality/check/outcome.ts";
import { checksPath } from "../../etl/load/dataset/history.ts";
import { suiteOf } from "../../etl/quality/check/suite.ts";
import { checkAsked, checkTables } from "../../etl/quality/check/tables.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { BROKEN } from "../quality/check/broken.ts";
import { type LooseTables, sampleTables, writeTables } from "../quality/check/dataset.ts";
import { assertDialectPatterns } from "../quality/check/patterns.ts";
import { ROOT } from "../layers.ts";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import {
  KINDS,
  newDatabase,
  runDebr,
  runLoad,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";
import { writeLoose } from "./loose_database.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

const NOW = Date.parse("2026-01-01T00:00:00.000Z");
const AROUND = { now: NOW, written: () => Promise.resolve(NOW) };
const SAMPLE = `${ROOT}data/sample`;
const CUSTOM = await loadCustom(`${SAMPLE}/expectations`);
const SUITE = suiteOf("tables", CUSTOM);

async function ofFiles(root: string, suite = SUITE): Promise<Evaluated> {
  const dataset = await openDataset(root);
  try {
    return await checkTables(suite, { ...AROUND, dataset });
  } finally {
    dataset.close();
  }
}

async function ofDatabase(url: string, suite: readonly Expectation[] = SUITE) {
  await using database = await session(url);
  return await checkAsked(suite, { ...AROUND, asked: await askDatabase(database) });
}

/**
 * Returns the verdicts, counts and figures that must match. Names of types differ, and so do unknown
 * codes: a database has a key without a target instead of a code.
 */
function comparable({ outcomes, rows, profile }: Evaluated) {
  const results = outcomes.flatMap(({ expectation, verdict, total, failed, observed, reason }) => {
    const { name, rule } = expectation;
    if (rule.kind === "fresh" && rule.column === undefined) return [];
    const seen = rule.kind === "type" ? undefined : observed;
    const why = verdict === "broken" ? "broken" : reason;
    return [{ name, verdict, total, failed, seen, why }];
  });
  const counts = Object.entries(profile).map(([column, times]) => [
    column,
    Object.values(times).sort((a, b) => a - b),
  ]);
  return { results, rows, counts };
}

/** Removes codes of users as in a database, which reads codes from the other tables. */
function withDatabaseCodes({ users, timezones, countries }: LooseTables): void {
  if (timezones["timezone_code"] === undefined) delete users["timezone_code"];
  if (users["country_code"]!.values.includes("")) {
    for (const { values } of Object.values(countries)) values.push("");
  }
}

for (const kind of KINDS) {
  Deno.test(`${kind}: check gives the same results for loaded people as for their Parquet tables`, async () => {
    await using folder = await temporary();
    await writePeople(folder.path, { people: 3000 });
    for (const root of [SAMPLE, folder.path]) {
      const { url } = await newDatabase(kind);
      assertEquals((await runLoad(url, ["--data", root])).status, 0);
      const evaluated = await ofDatabase(url);
      assertEquals(comparable(evaluated), comparable(await ofFiles(root)));
      assert(evaluated.outcomes.filter(({ verdict }) => verdict === "passed").length > 130);
    }
  });

  Deno.test(`${kind}: check gives the same results for invalid tables in the database and in Parquet`, async (t) => {
    const { url } = await newDatabase(kind);
    await using folder = await temporary();
    for (const [name, change] of Object.entries(BROKEN)) {
      await t.step(name, async () => {
        const tables = await sampleTables();
        change(tables);
        withDatabaseCodes(tables);
        await writeTables(folder.path, tables);
        {
          await using database = await session(url);
          await writeLoose(database, tables);
        }
        const [fromFiles, fromDatabase] = [await ofFiles(folder.path), await ofDatabase(url)];
        assertEquals(comparable(fromDatabase), comparable(fromFiles));
        assert(fromDatabase.outcomes.some(({ verdict }) => verdict === "failed"));
      });
    }
  });

  Deno.test(`${kind}: a pattern matches the same texts as in JavaScript`, async () => {
    const { url } = await newDatabase(kind);
    await using database = await session(url);
    await assertDialectPatterns(database);
  });

  Deno.test(`${kind}: SQL for another engine is skipped with a reason, and invalid SQL is an error`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", SAMPLE])).status, 0);
    const own = (name: string, sql: string) =>
      expectation({ name, table: "users", description: "Holds", kind: "violations", sql });
    const { outcomes } = await ofDatabase(url, [
      own("portable", "select user_id from users where first_name = last_name"),
      own("foreign", "select * from users where list_contains([1], 1)"),
      own("syntax", "from users select city qualify true"),
      own("typo", "select * from users where citty = 'x'"),
      own("writes", "delete from users"),
    ]);
    const verdicts = Object.fromEntries(
      outcomes.map(({ expectation: { name }, verdict }) => [name, verdict]),
    );
    const { portable, foreign, syntax, typo, writes } = verdicts;
    assertEquals([portable, foreign, syntax, typo], ["passed", "skipped", "skipped", "broken"]);
    assert(writes !== "passed");
    assert(outcomes[1]?.reason?.startsWith("not run: its SQL is not "), outcomes[1]?.reason);
    assertEquals((await ofDatabase(url, [])).rows["users"], 1000);
  });

  Deno.test(`${kind}: the command prints results, writes its history and shows neither values nor password`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", SAMPLE])).status, 0);
    const data = `data/check-${kind}`;
    const check = (...args: readonly string[]) =>
      runDebr("check", { url, args: ["--stage", "database", "--data", data, ...args] });
    const good = await check();
    assertEquals([good.status, good.err], [0, ""]);
    assertStringIncludes(good.out, "Checked database: 21 countries");
    await using database = await session(url);
    await database.run("update users set email = 'planted.value'");
    const bad = await check();
    assertEquals(bad.status, 5);
    assertStringIncludes(bad.out, "FAILED  users.email.matches_2");
    assertStringIncludes(bad.out, "1,000 of 1,000 fail");
    const json = await check("--json");
    const { stage, expectations } = JSON.parse(json.out);
    assertEquals([stage, json.status], ["database", 5]);
    const drift = expectations.find(({ name }: Outcome["expectation"]) =>
      name === "users.gender.no_drift"
    );
    assertEquals(drift.verdict, "passed");
    const history = await Deno.readTextFile(`${ROOT}${checksPath(data)}`);
    for (const secret of ["planted.value", "pl4nted"]) {
      assert(!`${bad.out}${json.out}${history}`.includes(secret));
    }
    // The printed query for all failing rows works when it is pasted.
    const { query } = expectations.find(({ name }: Outcome["expectation"]) =>
      name === "users.email.matches_2"
    );
    assertEquals((await database.rows(query)).length, 1000);
    await database.run("drop table altids");
    const dropped = await check();
    assertEquals(dropped.status, 7);
    assertStringIncludes(dropped.err, "there is no table altids");
    await Deno.remove(`${ROOT}${data}`, { recursive: true });
  });
}
