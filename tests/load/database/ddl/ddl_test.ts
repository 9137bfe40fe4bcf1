import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Flavour, PRODUCTS } from "../../../../etl/load/database/ddl/builder.ts";
import { createIndexes, createTables } from "../../../../etl/load/database/ddl/create.ts";
import { DATABASE_TABLES, databaseTable } from "../../../../etl/load/database/ddl/model.ts";
import { script } from "../../../../etl/load/database/ddl/builder.ts";
import { ROLES } from "../../../../etl/load/database/roles.ts";
import { columnsOf, TABLE_NAMES, TABLES } from "../../../../schema/mod.ts";

Deno.test("the database has each column of the Parquet tables, or a key that replaces it", () => {
  for (const name of TABLE_NAMES) {
    const names = databaseTable(name).columns.map((column) =>
      column.kind === "value" ? column.name : column.by
    );
    assertEquals(names, columnsOf(TABLES[name]).map((column) => column.name));
  }
});

Deno.test("foreign keys reference primary keys that the database generates", () => {
  const keys = new Map(DATABASE_TABLES.map(({ name, key }) => [name, key]));
  for (const { columns } of DATABASE_TABLES) {
    for (const column of columns) {
      if (column.kind === "reference") assertEquals(keys.get(column.table), column.name);
    }
  }
  assertEquals(databaseTable("users").unique, ["user_id"]);
  assertEquals(databaseTable("logins").unique, ["user_key"]);
  assertEquals(databaseTable("altids").unique, ["user_key", "altid_name"]);
});

Deno.test("the database generates every key; every column has a comment and is not null", () => {
  const columns = DATABASE_TABLES.flatMap((table) => table.columns);
  for (const flavour of Object.keys(PRODUCTS) as Flavour[]) {
    const sql = createTables(flavour).join("\n");
    const made = flavour === "postgres" ? /generated always as identity/g : /auto_increment/g;
    assertEquals(sql.match(made)?.length, 6, flavour);
    const comments = sql.match(flavour === "postgres" ? /comment on /g : / comment '/g)?.length;
    assertEquals(comments, columns.length + 6 + 6, flavour);
    assert(sql.match(/not null/g)!.length >= columns.length, flavour);
  }
});

Deno.test("all references have a foreign key and an index", () => {
  const references = DATABASE_TABLES.flatMap(({ columns }) => columns)
    .filter(({ kind }) => kind === "reference").length;
  const postgres = createIndexes();
  assertEquals(postgres.filter((text) => text.includes("foreign key")).length, references);
  assertEquals(postgres.filter((text) => text.startsWith("create index")).length, 3);
  const mysql = createTables("mysql").join("\n");
  assertEquals(mysql.match(/foreign key/g)?.length, references);
});

Deno.test("collations of MySQL and MariaDB distinguish trailing spaces", () => {
  assertStringIncludes(createTables("mysql").join(), "collate utf8mb4_0900_bin");
  assertStringIncludes(createTables("mariadb").join(), "collate utf8mb4_nopad_bin");
});

Deno.test("check constraints come from the rules of the schema", () => {
  const sql = createTables("postgres").join("\n");
  assertStringIncludes(sql, `check ("gender" in ('female', 'male'))`);
  assertStringIncludes(sql, `check ("latitude" between -90 and 90)`);
  assertStringIncludes(sql, `check ("sha256" ~ '^[0-9a-f]{64}$')`);
  assertStringIncludes(sql, `check ("country_name" <> '')`);
  for (const [, pattern = ""] of sql.matchAll(/~ '([^']*)'/g)) {
    assertMatch(pattern, /^[^\\]+$/, "Expected no backslash: engines differ");
  }
});

Deno.test("the role debr_reader reads no table with a sensitive column", () => {
  assertEquals(
    ROLES.debr_reader,
    ["countries", "timezones", "media", "users", "debr_meta"],
  );
  assertEquals(ROLES.debr_sensitive_reader.length, 7);
});

Deno.test("a printed script has one column per line and keeps quoted text", () => {
  const statement = `create table "t" ("a" decimal(7, 4), "b" text check ("b" in ('x, (', 'y')))`;
  assertEquals(
    script([statement, "select 1"]),
    `create table "t" (\n  "a" decimal(7, 4),\n  "b" text check ("b" in ('x, (', 'y'))\n);\nselect 1;\n`,
  );
});
