import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createStatements } from "../../etl/ddl/create.ts";
import { relational } from "../../etl/ddl/relational.ts";
import { checksOf } from "../../etl/ddl/types.ts";
import { column } from "../../schema/column.ts";
import { type AnyTable, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import { table } from "../../schema/table.ts";
import * as value from "../../schema/values.ts";
import * as v from "valibot";

const REAL: readonly AnyTable[] = TABLE_NAMES.map((name) => TABLES[name]);

function checksOfColumn(schema: ReturnType<typeof odd>["columns"]["odd"]) {
  const [found] = relational(odd(schema)).columns;
  assert(found?.kind === "value");
  return checksOf(found);
}

/** A table of one column. */
function odd(schema: v.GenericSchema<string, string>, description = "Odd.") {
  return table({
    name: "odds",
    description,
    primaryKey: ["odd"],
    foreignKeys: [],
    columns: {
      odd: column(schema, {
        type: "text",
        privacy: "public",
        description,
        source: "odd",
        example: "1",
      }),
    },
  });
}

Deno.test("the database generates every primary key, and foreign keys point to it", () => {
  const tables = REAL.map(relational);
  assertEquals(
    tables.map(({ name, key, externalKey }) => [name, key, externalKey.join()]),
    [
      ["countries", "country_key", "country_code"],
      ["timezones", "timezone_key", "timezone_code"],
      ["media", "media_key", "media_id"],
      ["users", "user_key", "user_id"],
      ["logins", "login_key", "user_key"],
      ["altids", "altid_key", "user_key,altid_name"],
    ],
  );
  for (const { columns } of tables) {
    for (const column of columns) {
      if (column.kind === "value") continue;
      const target = tables.find(({ name }) => name === column.references);
      assertEquals(column.name, target?.key);
      assertEquals([column.column.name], target?.externalKey);
    }
  }
});

Deno.test("both databases get every column, key and check", () => {
  for (
    const [dialect, generated] of [
      ["postgres", /^create table .* bigint generated always as identity primary key,/],
      ["mysql", /^create table .* bigint primary key auto_increment comment /],
    ] as const
  ) {
    const statements = createStatements(REAL, dialect).filter((sql) => sql.startsWith("create"));
    assertEquals(statements.length, REAL.length);
    for (const [at, table] of REAL.map(relational).entries()) {
      const sql = statements[at]?.replaceAll(/["`]/g, "") ?? "";
      assertMatch(sql, generated);
      for (const { name } of table.columns) assertMatch(sql, new RegExp(`[(,] ?${name} \\w+`));
      assertStringIncludes(sql, `unique (${table.externalKey.join(", ")})`);
      for (const column of table.columns) {
        if (column.kind === "value") continue;
        const { name, references } = column;
        assertStringIncludes(sql, `foreign key (${name}) references ${references} (${name})`);
      }
    }
    const users = statements[3] ?? "";
    assertMatch(users, /check \(.gender. in \('female', 'male'\)\)/);
    assertMatch(users, /check \(.latitude. between -90 and 90\)/);
    assert(!users.includes("2147483647"), "A bound of the type itself is not checked again");
  }
});

Deno.test("only expressions that mean the same in SQL become checks", () => {
  const patterns = (regex: RegExp) => checksOfColumn(v.pipe(v.string(), v.regex(regex)) as never);
  assertEquals(patterns(/^\d{2}$/), [{ kind: "matches", pattern: "^[0-9]{2}$" }]);
  assertEquals(patterns(/^\S+$/), []);
  assertEquals(patterns(/^\p{L}$/u), []);
  assertEquals(patterns(/^a$/i), []);
  assertEquals(checksOfColumn(value.filledText as never), [{ kind: "filled" }]);
});

Deno.test("quotes and backslashes in descriptions stay text", () => {
  const tables = [odd(value.text, "It's \\ odd.")];
  assertStringIncludes(
    createStatements(tables, "mysql").join(),
    "comment 'It''s \\\\ odd. Privacy",
  );
  assertStringIncludes(createStatements(tables, "postgres").join(), "is 'It''s \\ odd. Privacy");
});

Deno.test("MySQL gets a length for text it must index, and for no other", () => {
  const sql = createStatements(REAL, "mysql").join();
  assertMatch(sql, /`altid_name` varchar\(255\) not null/);
  assertMatch(sql, /`altid_value` text not null/);
});
