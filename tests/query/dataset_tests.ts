/**
 * Tests of a dataset that both engines must pass.
 *
 * @module
 */
import { DestinationError, UsageError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { FORMATS } from "../../etl/query/formats/format.ts";
import { REFUSED_FUNCTIONS } from "../../etl/query/guard.ts";
import { ADMITTED_FUNCTIONS } from "./admitted_functions.ts";
import type { EngineName } from "../../etl/query/options.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parquetReadObjects } from "hyparquet";
import { TABLE_NAMES } from "../../schema/mod.ts";
import { addTable, withDataset } from "./dataset.ts";

/** Registers the tests of one engine. */
export function testDataset(engine: EngineName): void {
  Deno.test(`${engine}: a cast that fails on row 100,000 is an error`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      const value = "case when i = 100000 then 'x' else '1' end";
      const sql = (rows: number) => `select (${value})::int as n from range(${rows}) t(i)`;
      for (
        const bad of [
          sql(200_000),
          `summarize ${sql(200_000)}`,
          `explain analyze ${sql(200_000)}`,
          `select 1 union all select 'a'::int`,
        ]
      ) await assertRejects(() => dataset.query(bad), UsageError, "Could not convert string");
      const result = await dataset.query(sql(100_000));
      let rows = 0;
      for await (const batch of result.batches()) rows += batch.length;
      assertEquals(rows, 100_000);
      dataset.close();
    });
  });

  Deno.test(`${engine}: a struct without names is printed as DuckDB prints it`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      const result = await dataset.query(
        `select row(1, 'a b') r, [(1, null)] as "l l", {'s': row(1.5, now())} is null n,
          {'named': 1} s, row(now(), 1) is null t -- as c`,
      );
      assertEquals(result.columns.map(({ name }) => name), ["r", "l l", "n", "s", "t"]);
      // DuckDB 0.9.1 shows the empty names.
      const shown = (text: string) =>
        engine === "native" ? text : text.replaceAll(/\((.*?), (.*?)\)/g, "{'': $1, '': $2}");
      assertEquals(await result.rows(), [
        [shown("(1, a b)"), shown("[(1, NULL)]"), "false", ["1"], "false"],
      ]);
      await result.close();
      const nested = await dataset.query(
        "select {'s': row(1.5, 'x')} n, array_agg((i, 1)) from range(2) t(i)",
      );
      assertEquals(await nested.rows(), [
        [shown("{'s': (1.5, x)}"), shown("[(0, 1), (1, 1)]")],
      ]);
      dataset.close();
    });
  });

  Deno.test(`${engine}: an error shows only the user's SQL`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      for (
        const sql of [
          "select 1 +",
          "from",
          "select nothing_here",
          "summarize select 1 +",
          "select 'a'::int",
        ]
      ) {
        const { message } = await assertRejects(() => dataset.query(sql), UsageError);
        assertEquals(/debr_|create/i.exec(message), null, message);
      }
      dataset.close();
    });
  });

  Deno.test(`${engine}: the error for a wrong name has a hint and shows the place`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      for (
        const [sql, hint] of [
          ["select * from user", 'Did you mean "users"?'],
          ["select *\nfrom users\nwhere contry_code = 'FR'", "country_code"],
          ["select firstname from users", 'Did you mean "first_name" (users)?'],
          ["select u.cty from users u", 'Did you mean "city" (users)?'],
          ["select usr_id from logins", 'Did you mean "user_id" (users, logins, altids)?'],
          ["select *\nfrom users\nwhere contry_code = 'FR'", "LINE 3: where contry_code"],
          ["selct 1", "LINE 1: selct 1\n        ^"],
        ] as const
      ) {
        const error = await assertRejects(() => dataset.query(sql), UsageError);
        assertStringIncludes(error.message, hint);
      }
      dataset.close();
    });
  });

  Deno.test(`${engine}: another reader reads exact rows from the Parquet output`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      const result = await dataset.query(
        `select user_id, latitude, registered_at, 9007199254740993 as big, [city, null] as list,
          {'n': street_number} as struct, sum(9007199254740993) over () as total
        from users order by user_id`,
      );
      const pieces: Uint8Array[] = [];
      await FORMATS.parquet(result, (piece) => pieces.push(piece as Uint8Array));
      const file = await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer();
      const [first, ...others] = await parquetReadObjects({ file });
      assertEquals(others.length, 2);
      assertEquals({ ...first, total: Number(first?.["total"]) }, {
        user_id: "00000000-0000-4000-8000-000000000001",
        latitude: 48.8566,
        registered_at: new Date("2021-03-01T04:05:06.789Z"),
        big: 9007199254740993n,
        list: ["Orléans", null],
        struct: { n: 7 },
        total: 27021597764222979,
      });
      dataset.close();
    });
  });

  Deno.test(`${engine}: every table function is either admitted or refused`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      const result = await dataset.query(
        "select distinct function_name from duckdb_functions() where function_type in ('table', 'table_macro')",
      );
      const names = (await result.rows()).map(([name]) => String(name));
      const unknown = names.filter((name) =>
        !ADMITTED_FUNCTIONS.has(name) && !REFUSED_FUNCTIONS.has(name)
      );
      assertEquals(unknown, []);
      assertEquals([...ADMITTED_FUNCTIONS].filter((name) => REFUSED_FUNCTIONS.has(name)), []);
      dataset.close();
    });
  });

  for (const isCommitted of [true, false]) {
    const by = isCommitted ? "debr" : "another engine";
    Deno.test(`${engine}: other folders next to the six tables of ${by} are tables too`, async () => {
      await withDataset(async (data) => {
        if (!isCommitted) await Deno.remove(`${data}/tables/manifest.json`);
        await addTable(data, "Own model/day=1");
        await addTable(data, "_tmp");
        await Deno.mkdir(`${data}/tables/empty`);
        const dataset = await openDataset(data, { engine });
        assertEquals(dataset.tables, [...TABLE_NAMES, "Own model"]);
        const sql = 'select day, count(*) from "own model" join media using (media_id) group by 1';
        const result = await dataset.query(sql);
        assertEquals(await result.rows(), [["1", "1"]]);
        const wrong = await assertRejects(() => dataset.query('from "own mode"'), UsageError);
        assertStringIncludes(wrong.message, 'Did you mean "Own model"?');
        const hidden = `from '${data}/tables/_tmp/part-00000.parquet'`;
        await assertRejects(() => dataset.query(hidden), UsageError, "Refused to read");
        dataset.close();
      });
    });
  }

  Deno.test(`${engine}: a broken part is reported as a broken dataset`, async () => {
    await withDataset(async (data) => {
      await Deno.writeTextFile(`${data}/tables/media/part-00000.parquet`, "no Parquet at all");
      const error = await assertRejects(() => openDataset(data, { engine }), DestinationError);
      assertStringIncludes(error.message, "part-00000.parquet: it has 17 bytes");
    });
  });

  Deno.test(`${engine}: an interrupted query rejects with the reason`, async () => {
    await withDataset(async (data) => {
      const dataset = await openDataset(data, { engine });
      const signal = AbortSignal.abort(new Error("enough"));
      const sql = "select count(*) from range(40000) a, range(40000) b";
      await assertRejects(() => dataset.query(sql, { signal }), Error, "enough");
      const result = await dataset.query("select 1");
      assertEquals(await result.rows(), [["1"]]);
      dataset.close();
    });
  });
}
