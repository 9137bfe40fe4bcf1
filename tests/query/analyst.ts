/**
 * Typical statements of an analyst on the small dataset. Each has the first value of its first row,
 * which both engines must return. All statements run in one session.
 *
 * @module
 */
import { DebrError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import type { EngineName } from "../../etl/query/options.ts";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { withDataset } from "./dataset.ts";

/** Statements with the first value of their result, or `null` without rows. */
type Part = readonly (readonly [sql: string, expected: unknown])[];

/** Statements that both engines run. */
const BOTH: Readonly<Record<string, Part>> = {
  window: [
    ["select row_number() over (order by email desc) r from users order by email limit 1", "3"],
    [
      "select rank() over (partition by gender order by street_number) from users order by 1 desc limit 1",
      "3",
    ],
    ["select lag(city) over (order by email) is null from users order by email limit 1", "true"],
    [
      "select sum(street_number) over (order by email rows between 1 preceding and current row) from users order by email desc limit 1",
      "9981",
    ],
    ["select first_value(city) over w from users window w as (order by email) limit 1", "Orléans"],
    ["select ntile(3) over (order by email) t from users order by email desc limit 1", "3"],
    [
      "select percent_rank() over (order by street_number) p from users order by p desc limit 1",
      "1.0",
    ],
  ],
  qualify: [
    ["select city from users qualify row_number() over (order by email) = 1", "Orléans"],
    [
      "select count(*) from (from users qualify rank() over (partition by country_code order by email) = 1)",
      "3",
    ],
  ],
  pivot: [
    ["pivot users on country_code using count(*) group by gender", "female"],
    ["unpivot (select 1 as a, 2 as b) on a, b", "a"],
    ["from (pivot users on country_code in ('FR', 'NZ') using count(*)) select sum(\"FR\")", "1"],
  ],
  join: [
    [
      "select x.v from (values (1)) t(k) asof join (values (0, 'a'), (2, 'b')) x(k, v) on t.k >= x.k",
      "a",
    ],
    ["select count(*) from users join logins using (user_id)", "3"],
    ["select count(*) from users positional join countries", "3"],
    ["select count(*) from users semi join altids using (user_id)", "1"],
    ["select count(*) from users anti join altids using (user_id)", "2"],
    ["select n from users, lateral (select street_number + 1 as n) order by n limit 1", "1"],
  ],
  group: [
    ["select gender, count(*) n from users group by all order by all", "female"],
    ["select count(*) filter (where street_number > 5) from users", "2"],
    ["select grouping(gender) g from users group by rollup (gender) order by g desc limit 1", "1"],
    ["select count(*) from (select gender, city from users group by cube (gender, city))", "8"],
    ["select arg_max(city, street_number) from users", "تهران"],
    ["select approx_count_distinct(email) from users", "3"],
    ["select quantile_cont(street_number, 0.5) from users", "7.0"],
    ["select mode(gender) from users", "female"],
    ["select string_agg(country_code, '/' order by email) from users", "FR/IR/NZ"],
  ],
  list: [
    ["select list(country_code order by email) from users", ["FR", "IR", "NZ"]],
    ["select [x * 2 for x in [1, 2, 3] if x > 1]", ["4", "6"]],
    ["select list_transform([1, 2], x -> x + 1)", ["2", "3"]],
    ["select unnest([3, 4])", "3"],
    ["select struct_pack(a := 1, b := 'x')", ["1", "x"]],
    ["select {'a': {'b': 42}}.a.b", "42"],
    ["select map(['k'], [1])", [["k", "1"]]],
    ["select ([1, 2, 3])[2:3]", ["2", "3"]],
    ["select list_aggregate([1, 2, 3], 'sum')", "6"],
  ],
  select: [
    [
      "select * exclude (user_id) replace (upper(city) as city) from logins l join users using (user_id) order by email limit 1",
      "00000000-0000-4000-8000-000000000009",
    ],
    ["select columns('^c.*y$') from users order by email limit 1", "Orléans"],
    [
      "with recursive t(i) as (select 1 union all select i + 1 from t where i < 5) select max(i) from t",
      "5",
    ],
    ["select count(*) from users using sample 100%", "3"],
    [
      "select date_trunc('month', registered_at)::date::text from users order by 1 limit 1",
      "2021-03-01",
    ],
    [
      "select date_diff('day', date '2021-03-01', registered_at::date) d from users order by d desc limit 1",
      "2",
    ],
    ["select regexp_extract(email, '^(\\w+)@', 1) e from users order by e limit 1", "user0"],
    [
      "select case when street_number > 100 then 'high' else 'low' end from users order by email limit 1",
      "low",
    ],
    ["values (1), (2)", "1"],
  ],
  session: [
    ["create macro double(x) as x * 2", null],
    ["select double(21)", "42"],
    ["create macro of_country(c) as table from users where country_code = c", null],
    ["select city from of_country('FR')", "Orléans"],
    ["create temp table mine as select country_code, count(*) n from users group by 1", null],
    ["update mine set n = n + 1 where country_code = 'FR'", null],
    ["select max(n) from mine", "2"],
    ["create view big as from mine where n > 1", null],
    ["from big", "FR"],
    ["prepare p as select city from users where country_code = $1", null],
    ["execute p('FR')", "Orléans"],
    ["drop view big", null],
  ],
  meta: [
    ["describe users", "user_id"],
    ["describe select 1 as a", "a"],
    ["summarize users", "user_id"],
    ["summarize select street_number from users", "street_number"],
    ["show tables", "altids"],
    ["explain select count(*) from users", "physical_plan"],
    ["explain analyze select count(*) from users", "analyzed_plan"],
  ],
};

/** Statements that only the native engine runs; the other one recommends it. */
const NATIVE: Part = [
  ["set variable v = 42", null],
  ["select getvariable('v')", "42"],
  ["select list_zip([1], [2])", "[(1, 2)]"],
  ["select json_extract('{\"a\": 1}', '$.a')", "1"],
  [
    "select (timestamptz '2021-01-01 00:00:00+00' at time zone 'Asia/Kathmandu')::text",
    "2021-01-01 05:45:00",
  ],
];

const AMOUNT = Object.values(BOTH).flat().length;

/** Registers the tests of one engine. */
export function testAnalyst(engine: EngineName): void {
  Deno.test(`${engine}: ${AMOUNT} statements of an analyst run`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      const first = async (sql: string) => {
        const result = await dataset.run(sql);
        const [[value] = [null]] = await result?.rows(1) ?? [];
        await result?.close();
        return value;
      };
      const wrong: unknown[] = [];
      for (const [part, statements] of Object.entries(BOTH)) {
        for (const [sql, expected] of statements) {
          const value = await first(sql).catch((error) => String(error));
          const same = JSON.stringify(value) === JSON.stringify(expected);
          if (!same) wrong.push([part, sql, expected, value]);
        }
      }
      for (const [sql, expected] of NATIVE) {
        if (engine === "native") assertEquals(await first(sql), expected, sql);
        else {
          const error = await first(sql).catch((error) => error);
          assert(error instanceof DebrError, `${sql}: ${error}`);
          assertMatch(JSON.stringify(error.next), /native/, sql);
        }
      }
      dataset.close();
      assertEquals(wrong, []);
    });
  });
}
