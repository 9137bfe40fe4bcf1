import { assertEquals, assertRejects } from "@std/assert";
import { DestinationError } from "../../../etl/common/errors.ts";
import { load, planText } from "../../../etl/load/database/load.ts";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { ROOT } from "../../layers.ts";
import { fakeDatabase, type Reply } from "./fake.ts";

const OPTIONS = { root: `${ROOT}data/sample`, lockTimeout: 5 };
const ROWS = { countries: 21, timezones: 30, media: 195, users: 1000, logins: 1000, altids: 794 };

/** Replies that report every staged row as inserted. */
const INSERTS = Object.entries(ROWS).map(([table, rows]): [RegExp, Reply] => [
  new RegExp(`^insert into .${table}.`),
  rows,
]);

/** Returns the first words of a statement. */
const verb = (sql: string) => /^(?:create temporary table|create table|\w+)/.exec(sql)?.[0] ?? sql;

Deno.test("an empty database gets tables and rows in one transaction, indexes last", async () => {
  const database = fakeDatabase("postgres", INSERTS);
  const result = await load(database, OPTIONS);
  assertEquals(result.users, { inserted: 1000, updated: 0, unchanged: 0, deleted: 0, others: 0 });
  const verbs = database.statements.map(verb);
  const [begin, commit] = [verbs.indexOf("begin"), verbs.indexOf("commit")];
  const before = (verb: string) => verbs.slice(0, begin).filter((one) => one === verb).length;
  assertEquals([before("copy"), before("analyze")], [6, 6]);
  assertEquals(verbs.slice(0, begin).includes("create table"), false);
  assertEquals(verbs.slice(begin, commit).filter((one) => one === "insert").length, 7);
  assertEquals(commit, verbs.length - 1);
  assertEquals(/foreign key/.test(database.statements.at(-2) ?? ""), true);
});

Deno.test("a broken foreign key stops the load before its commit", async () => {
  const database = fakeDatabase("postgres", [[/^insert into .users./, 999], ...INSERTS]);
  await assertRejects(() => load(database, OPTIONS), DestinationError, "Cannot load users");
  assertEquals(database.statements.includes("commit"), false);
});

Deno.test("existing rows are counted, and only changed ones are updated", async () => {
  const all = [...TABLE_NAMES, "debr_meta"].map((name) => [name]);
  const matching = Object.entries(ROWS).map(([table, rows]): [RegExp, Reply] => [
    new RegExp(`^select count.* from .debr_stage_${table}.`),
    [[rows]],
  ]);
  const database = fakeDatabase("mariadb", [
    [/information_schema/, all],
    [/schema_version/, [[1]]],
    [/get_lock/, [[1]]],
    ...matching,
    [/^select count/, [[1005]]],
    [/^update .debr_stage_users/, 3],
  ]);
  const { users, logins } = await load(database, OPTIONS);
  assertEquals(users, { inserted: 0, updated: 3, unchanged: 997, deleted: 0, others: 5 });
  assertEquals(logins.unchanged, 1000);
  assertEquals(database.statements.some((sql) => /^(insert|create table)/.test(sql)), false);
});

Deno.test("a second load fails with a transient error while the first one runs", async () => {
  const database = fakeDatabase("mysql", [[/get_lock/, [[0]]], ...INSERTS]);
  const error = await assertRejects(
    () => load(database, OPTIONS),
    DestinationError,
    "another load is under way",
  );
  assertEquals(error.transient, true);
});

for (const flavour of ["postgres", "mysql", "mariadb"] as const) {
  Deno.test(`${flavour}: the plan equals the snapshot`, async (t) => {
    await t.assertSnapshot(planText(flavour, "people"));
  });
}
