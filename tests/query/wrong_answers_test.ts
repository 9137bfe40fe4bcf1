import { nextText } from "../../etl/cli/next_steps.ts";
import { UsageError } from "../../etl/common/errors.ts";
import { type Dataset, openDataset } from "../../etl/query/dataset.ts";
import { runScript } from "../../etl/query/script.ts";
import { withoutWrongAnswers } from "../../etl/query/wrong_answers.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { fakeTerminal } from "./terminal.ts";

async function withWasm(run: (dataset: Dataset) => Promise<void>): Promise<void> {
  await withDataset(async (data) => {
    const dataset = await openDataset(data);
    await run(dataset);
    dataset.close();
  });
}

/** Statements that DuckDB 0.9.1 answers wrongly, with no error. */
const WRONG = [
  "select median(latitude) from users",
  'select "MEDIAN"(all latitude) from users',
  "select median(distinct latitude) filter (where true) from users",
  "select main.median(latitude) over (order by user_id) from users",
  "select latitude.median() from users",
  "select quantile_cont(latitude, 0.25) from users",
  "select percentile_cont(0.5) within group (order by latitude desc) from users",
  "select list_median([1.0, 2.0])",
  "select list_aggregate([1.0, 2.0], 'median')",
  "select * from (select median(latitude) as m from users)",
  "pivot users on gender using median(latitude)",
  "summarize select median(latitude) from users",
  "select map {'a': 1}['a']",
  "select m['a'] from (select map {'a': [1]} as m)",
  "select 1 where map {'a': 1}['a'] = 1",
  "select list(latitude)::decimal(5, 2)[] from users",
  "select [1.25]::numeric[]",
  "select cast({'a': 1.55} as struct(a decimal(3, 1)))",
  "select map(['a'], [1.55])::map(varchar, dec(3, 1))",
  "select city from users intersect all select city from users",
  "select city from users except all select city from users",
  "select 1_000",
];

/** Similar statements with right answers: SQL, name of the first column, first value. */
const RIGHT: readonly (readonly [string, string, string])[] = [
  ["select median(latitude::double) from users", "median(CAST(latitude AS DOUBLE))", "48.8566"],
  ["select median(street_number) filter (where true) as m from users", "m", "7.0"],
  ["select median(x) over () from (values (1), (2)) t(x) limit 1", "median(x) OVER ()", "1.5"],
  ["select quantile_cont(x, 0.5) from (values (1), (2)) t(x)", "quantile_cont(x, 0.5)", "1.5"],
  ["select list_median([1, 2]) as m", "m", "1.5"],
  ["select median(x) as m from (values (date '2020-01-01')) t(x)", "m", "2020-01-01 00:00:00"],
  ["select median(x) as m from (select 1.5 as x where false)", "m", "null"],
  ["select element_at(map {'a': 1}, 'a')[1] as v", "v", "1"],
  ["select {'a': 1}['a'] as v", "v", "1"],
  ["select latitude::decimal(9, 4) from users", "CAST(latitude AS DECIMAL(9,4))", "48.8566"],
  ["with t as (select 1.55 as x) select round(x, 1)::decimal(3, 1) as v from t", "v", "1.6"],
  ["from (select avg(latitude)::decimal(5, 1) as v from users)", "v", "46.3"],
  ["select latitude::decimal(5, 2) from users", "CAST(latitude AS DECIMAL(5,2))", "48.86"],
  ["select cast(latitude as numeric(6, 1)) as v from users", "v", "48.9"],
  ["select 5 as v where case when true then 2.345 end::dec = 2.345", "v", "5"],
  ["select 5 as v where 2.345::decimal(3, 2) = 2.35", "v", "5"],
  ["select sum(latitude) over (order by user_id)::decimal(10, 1) as v from users", "v", "48.9"],
  ["select -(1.55)::decimal(3, 1) as v", "v", "-1.6"],
  [
    "with t as (select 1.55 as x) select t.x::double::varchar, t.x::decimal(3, 1) from t",
    "CAST(CAST(t.x AS DOUBLE) AS VARCHAR)",
    "1.55",
  ],
  ["with t as (select 1.55 as x) select t.x::decimal(3, 1) as v from t", "v", "1.6"],
  ["values (1.55::decimal(3, 1))", "col0", "1.6"],
  ["(select 1.5::decimal(3, 0) as v)", "v", "2"],
  ["select try_cast(1.25 as decimal(2, 1)) as v", "v", "1.3"],
  ["values (1.5::decimal(3, 1))", "col0", "1.5"],
  [
    "select * from (pivot users on gender using count(*) group by city) where 1.5::dec > 2",
    "city",
    "undefined",
  ],
  ["select(1 + 1)::decimal(3, 1) as v", "v", "2.0"],
  ["select 9007199254740993::decimal(18, 0) as v", "v", "9007199254740993"],
  ["select '1.005'::decimal(5, 2) as v", "v", "1.01"],
  ["select l[1]::decimal(3, 1) as v from (select [1.5] as l)", "v", "1.5"],
  ["select 'median(1.5)' as v -- median(1.5)", "v", "median(1.5)"],
];

Deno.test("a statement that DuckDB 0.9.1 answers wrongly is refused and recommends the native engine", async () => {
  await withWasm(async (dataset) => {
    for (const sql of WRONG) {
      const { next } = await assertRejects(() => dataset.query(sql), UsageError, "", sql);
      assertEquals(next, { code: "native_runs_it" }, sql);
    }
    for (const [sql, name, value] of RIGHT) {
      const result = await dataset.query(sql);
      assertEquals([result.columns[0]?.name, String((await result.rows())[0]?.[0])], [name, value]);
      await result.close();
    }
  });
});

Deno.test("statements with wrong answers are refused in tables, views and macros of a session", async () => {
  await withWasm(async (dataset) => {
    await dataset.run("create view v as select median(latitude) as m from users");
    await dataset.run("create macro central(x) as median(x)");
    await dataset.run("prepare p as select median($1)");
    for (
      const sql of [
        "from v",
        "select central(latitude) from users",
        "execute p(1.5)",
        "create table t as select median(latitude) as m from users",
      ]
    ) await assertRejects(() => dataset.run(sql), UsageError, "median(x::double)", sql);
    const wrong = "create table t as select median(latitude) as m, nosuch(1) from users";
    const { message } = await assertRejects(() => dataset.run(wrong), UsageError, "nosuch");
    assertEquals(message.includes("debr_"), false);
    await dataset.run("begin");
    await (await dataset.run("select median(1) as m"))?.close();
    await dataset.run("rollback");
    await assertRejects(() => dataset.run("select median(1.5)"), UsageError, "median(x::double)");
    for (const macro of ["map_extract", "debr_not_decimal"]) {
      await assertRejects(() => dataset.run(`drop macro ${macro}`), UsageError, "Refused");
      await assertRejects(
        () => dataset.run(`create macro ${macro}(x) as x`),
        UsageError,
        "Refused",
      );
    }
  });
});

Deno.test("SQL without a wrong answer is not changed", async () => {
  const casts = ["select 1 as decimal", "create table t (x decimal(5, 2))", "::decimal(3, 1)"];
  for (
    const sql of [
      ...casts,
      "select 'median(x)'",
      'select "median" from t',
      "select median",
      "median(",
    ]
  ) {
    const list = () => Promise.resolve({ names: [], rows: [] });
    assertEquals(await withoutWrongAnswers(sql, list), sql);
  }
});

Deno.test("a crashed engine is restarted, and the error recommends the native one", async () => {
  await withWasm(async (dataset) => {
    const broken = "select 1 from users a, lateral (select city from users b " +
      "where a.country_code = b.country_code order by 1 limit 1)";
    const { next } = await assertRejects(() => dataset.query(broken), UsageError, "restarted");
    assertEquals(next, { code: "native_may_run_it" });
    const result = await dataset.query("select count(*) from users");
    assertEquals(await result.rows(), [["3"]]);
  });
});

Deno.test("the command for the native engine contains the script from stdin or a prompt", async () => {
  await withWasm(async (dataset) => {
    const printing = {
      format: "ndjson",
      terminal: fakeTerminal(),
      signal: new AbortController().signal,
    } as const;
    const command = async (sql: string, args: readonly string[]) => {
      const { next } = await assertRejects(() => runScript(sql, dataset, printing), UsageError);
      return nextText(next, { terminal: false, args })?.replace(/^.*?: /, "");
    };
    const sql = "select 1; select sha1('a')";
    const native = "deno task query --engine native";
    assertEquals(await command(sql, ["query"]), `${native} "${sql}"`);
    assertEquals(await command(sql, ["query", sql]), `${native} "${sql}"`);
    assertEquals(await command(sql, ["query", "-f", "a.sql"]), `${native} -f a.sql`);
    assertEquals(await command("--a\nselect x: 1", ["query"]), `${native} ' --a\nselect x: 1'`);
    const long = `${sql} as ${"a".repeat(1000)}`;
    assertEquals(await command(long, ["query"]), `${native}, with the same input`);
  });
});
