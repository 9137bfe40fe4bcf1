import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as v from "valibot";
import {
  type Column,
  columnMeta,
  columnsOf,
  type ColumnType,
  TABLE_NAMES,
  type TableName,
  tablePrivacy,
  TABLES,
} from "../../schema/mod.ts";
import * as value from "../../schema/values.ts";

/** Columns in order with type and privacy class; `*` is in the primary key, `>` a foreign key. */
const LAYOUT: Readonly<Record<TableName, readonly string[]>> = {
  countries: ["*country_code text public", "country_name text public"],
  timezones: ["*timezone_code text public", "utc_offset text public", "description text public"],
  media: [
    "*media_id text personal",
    "large_url text personal",
    "medium_url text personal",
    "thumbnail_url text personal",
  ],
  users: [
    "*user_id uuid personal",
    "gender text public",
    "title text personal",
    "first_name text personal",
    "last_name text personal",
    "email text personal",
    "phone text personal",
    "cell text personal",
    "date_of_birth timestamp personal",
    "registered_at timestamp personal",
    "street_number integer personal",
    "street_name text personal",
    "city text personal",
    "state text personal",
    "postcode text personal",
    "latitude decimal personal",
    "longitude decimal personal",
    ">country_code text public",
    ">timezone_code text public",
    ">media_id text personal",
  ],
  logins: [
    "*>user_id uuid personal",
    "login_external_uuid uuid sensitive",
    "username text sensitive",
    "sha256 text sensitive",
  ],
  altids: ["*>user_id uuid personal", "*altid_name text public", "altid_value text sensitive"],
};

const REFERENCES: Readonly<Record<string, TableName>> = {
  user_id: "users",
  country_code: "countries",
  timezone_code: "timezones",
  media_id: "media",
};

Deno.test("tables have the columns, keys, types and privacy classes of the design", () => {
  for (const name of TABLE_NAMES) {
    const { primaryKey, foreignKeys, ...table } = TABLES[name];
    const columns = columnsOf(table).map((column) => {
      const primary = (primaryKey as readonly string[]).includes(column.name) ? "*" : "";
      const foreign = foreignKeys.some((key) => key.column === column.name) ? ">" : "";
      return `${primary}${foreign}${column.name} ${column.type} ${column.privacy}`;
    });
    assertEquals(columns, LAYOUT[name]);
    assertEquals(table.name, name);
  }
});

Deno.test("the registry lists every file of schema/tables, referenced tables first", async () => {
  const folder = new URL("../../schema/tables/", import.meta.url);
  const files = await Array.fromAsync(Deno.readDir(folder));
  assertEquals(
    files.map(({ name }) => name.replace(".ts", "")).sort(),
    [...TABLE_NAMES].sort() as string[],
  );
  for (const name of TABLE_NAMES) {
    for (const { column, references } of TABLES[name].foreignKeys) {
      assertEquals(references, REFERENCES[column]);
      const [before, after] = [references as TableName, name].map((at) => TABLE_NAMES.indexOf(at));
      assert(before! < after!, `${references} is after ${name}`);
      assert(column in TABLES[references as TableName].columns);
    }
  }
});

const TYPE_OF_EXAMPLE: Readonly<Record<ColumnType, (example: string) => string | number>> = {
  text: String,
  uuid: String,
  integer: Number,
  decimal: String,
  timestamp: String,
};

for (const table of TABLE_NAMES) {
  Deno.test(`${table}: every column has complete metadata and a valid example`, () => {
    assertMatch(TABLES[table].description, /^[A-Z].+\.$/);
    for (const [name, schema] of Object.entries<Column>(TABLES[table].columns)) {
      const { description, source, example, type } = columnMeta(schema);
      assertMatch(name, /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
      assertMatch(description, /^[A-Za-z].+\.$/, `${table}.${name}`);
      assert(source.length > 0 && example.length > 0, `${table}.${name}`);
      v.parse(schema as v.GenericSchema, TYPE_OF_EXAMPLE[type](example));
    }
  });
}

Deno.test("only timestamps, decimals and offsets have a unit", () => {
  const measured = ["timestamp", "decimal"];
  for (const table of TABLE_NAMES) {
    for (const { name, type, unit } of columnsOf(TABLES[table])) {
      const isOffset = name === "utc_offset";
      assertEquals(unit !== undefined, measured.includes(type) || isOffset, `${table}.${name}`);
    }
  }
});

Deno.test("no column is a secret or comes from one", () => {
  for (const table of TABLE_NAMES) {
    for (const { name, source, privacy } of columnsOf(TABLES[table])) {
      assert(!/password|salt|md5|sha1$/.test(`${name} ${source}`), name);
      assert((privacy as string) !== "secret");
    }
  }
});

Deno.test("a table has the strictest privacy class of its columns", () => {
  assertEquals(TABLE_NAMES.map((name) => tablePrivacy(TABLES[name])), [
    "public",
    "public",
    "personal",
    "personal",
    "sensitive",
    "sensitive",
  ]);
});

Deno.test("a schema without metadata is refused as a column", () => {
  assertThrows(() => columnMeta(value.text), TypeError, "it has no metadata");
});

Deno.test("a row with an unknown or a missing column is refused", () => {
  const row = { country_code: "AU", country_name: "Australia" };
  assert(v.is(TABLES.countries.row, row));
  assert(!v.is(TABLES.countries.row, { ...row, capital: "Canberra" }));
  assert(!v.is(TABLES.countries.row, { country_code: "AU" }));
});
