/**
 * Tests of tables, views, macros, variables and prepared statements in a session, for both engines.
 *
 * @module
 */
import { UsageError } from "../../etl/common/errors.ts";
import { type Dataset, openDataset } from "../../etl/query/dataset.ts";
import type { EngineName } from "../../etl/query/options.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";

async function all(dataset: Dataset, script: readonly string[]) {
  const rows = [];
  for (const sql of script) {
    const result = await dataset.run(sql);
    if (result === undefined) continue;
    rows.push(...await result.rows());
    await result.close();
  }
  return rows;
}

/** Scripts with their expected rows. */
const SCRIPTS: readonly (readonly [readonly string[], readonly (readonly unknown[])[]])[] = [
  [
    [
      "create temp table t as from users",
      "delete from t where city <> 'Orléans'",
      "select city from t",
      "drop table t",
    ],
    [["Orléans"]],
  ],
  [
    [
      "create table t as select 1",
      "create or replace table t (i int, u text)",
      "insert into t values (1, 'users')",
      "from t",
    ],
    [["1", "users"]],
  ],
  [["update t set i = i + 1", "select i from main.T", "drop table t"], [["2"]]],
  [["create view v as select count(*) n from users", "from v", "drop view if exists v"], [["3"]]],
  [["create macro twice(x) as 2 * x", "select twice(21)", "drop macro twice"], [["42"]]],
  [
    ["create macro top(n) as table select city from users order by city limit n", "from top(1)"],
    [["Orléans"]],
  ],
  [["begin", "create table t as select 1", "rollback", "create table t as select 2", "from t"], [[
    "2",
  ]]],
  [["begin transaction", "drop table t", "commit"], []],
  [
    ["prepare p as select $1 + ?2, $1", "execute p(1, 2)", "execute p(greatest(3, 4), (5))"],
    [["3", "1"], ["9", "4"]],
  ],
  [
    [
      "prepare p as select '?' || ?, \"city\" from users where street_number = $2",
      "execute p('a', 7)",
    ],
    [["?a", "Orléans"]],
  ],
  [["prepare p as select $a::int - $b", "execute p(b := 1, a := 3)"], [["2"]]],
  [
    ["create table t (i int)", "prepare p as insert into t values (?)", "execute p(7)", "from t"],
    [["7"]],
  ],
  [
    [
      "create table m (i int primary key, x decimal(4, 1) default 0, y decimal)",
      "insert into m values (1, 1.25, 1.2345), (2, default, '1.25'), (3, -1.25, null)",
      "insert into m (y, i) select 2.00049, i + 3 from m where i < 3 order by i",
      "insert into m by name select 1.25 as X, 6 as i union all select 7.15, 7",
      "insert into m as a values (1, 2.25, 0) on conflict (i) do update set x = excluded.x + 0.05",
      "insert or replace into main.m with q as (select 2.25 as x) select 2, x, 1 from q",
      "prepare q as update m set x = $1, y = y + 1.0005 where i = $2",
      "update m set x = case when x is distinct from 1 then 2.25 end where i = 6",
      "execute q(1.05, 3)",
      "execute q(1.05, 2)",
      "from m order by i",
      "drop table m",
    ],
    [
      ["1", "2.4", "1.235"],
      ["2", "1.1", "2.001"],
      ["3", "1.1", null],
      ["4", "0.0", "2.000"],
      ["5", "0.0", "2.000"],
      ["6", "2.3", null],
      ["7", "7.2", null],
    ],
  ],
  [["set seed = 0.5", "create table r as select random() x", "set seed = 0.5"], []],
  [["select x = random() from r", "drop table r", "drop table t", "deallocate p"], [["true"]]],
];

/** Scripts whose last statement fails, and part of the error. */
const FAILING: readonly (readonly [readonly string[], string])[] = [
  [["create table t (i int)", "create table t (i int)"], 'Table with name "t" already exists'],
  [["drop table nosuch"], "Table with name nosuch does not exist"],
  [["commit"], "no transaction is active"],
  [["begin", "insert into t values ('a')"], "Could not convert string 'a'"],
  [["select 1"], "TransactionContext Error: Current transaction is aborted"],
  [["rollback", "drop macro nosuch"], "Macro Function with name nosuch does not exist"],
];

/** Registers the tests of one engine. */
export function testSession(engine: EngineName): void {
  Deno.test(`${engine}: statements that change only the session are allowed`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      for (const [script, rows] of SCRIPTS) {
        assertEquals(await all(dataset, script), rows, script.join("; "));
      }
      const wrong = () => dataset.run("execute p(1, 2)");
      await dataset.run("prepare p as select $1");
      await assertRejects(wrong, UsageError, "expected 1 value");
      await assertRejects(() => dataset.run("execute p 1, 2, 3"), UsageError, "found 0");
      await dataset.run("deallocate p");
      await assertRejects(wrong, UsageError, 'Prepared statement "p" does not exist');
      await assertRejects(() => dataset.query("create table t (i int)"), UsageError, "CREATE");
      dataset.close();
    });
  });

  Deno.test(`${engine}: an error of a statement in a session names its cause`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      for (const [script, message] of FAILING) {
        await all(dataset, script.slice(0, -1));
        await assertRejects(() => all(dataset, script.slice(-1)), UsageError, message);
      }
      dataset.close();
    });
  });
}
