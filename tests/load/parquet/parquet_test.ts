import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parquetMetadata } from "hyparquet";
import project from "../../../deno.json" with { type: "json" };
import { makeColumns, type TableData } from "../../../etl/transform/normalise/columns.ts";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { ParquetWriter, writeParquet } from "../../../etl/load/parquet/parquet.ts";
import { readParquet } from "../../../etl/load/parquet/read.ts";
import { columnsOf, SCHEMA_VERSION, TABLE_NAMES, TABLES } from "../../../schema/mod.ts";
import { plain, tableData } from "./tables.ts";

/** Makes users with these countries and dates of birth; the other columns are empty. */
function users(countries: readonly string[], born: readonly number[]): TableData {
  const rows = countries.length;
  const columns = makeColumns("users", rows);
  for (const values of Object.values(columns)) {
    if (values instanceof Texts) { for (const _ of countries) values.push(""); }
  }
  columns.country_code = Texts.from(countries);
  columns.date_of_birth = Float64Array.from(born);
  return { table: "users", rows, columns };
}

/** Makes alternative ids with repeated names and unique values. */
function altids(rows: number): TableData {
  const columns = makeColumns("altids", rows);
  columns.altid_name = Texts.from(Array.from({ length: rows }, (_, row) => `name ${row % 300}`));
  columns.altid_value = Texts.from(Array.from({ length: rows }, (_, row) => `é${row}`));
  (columns.user_id as Uint8Array).forEach((_, at, bytes) => bytes[at] = at % 251);
  return { table: "altids", rows, columns };
}

/** Returns the metadata of a file, and the column chunks of one row group by name. */
function describe(bytes: Uint8Array<ArrayBuffer>, group = 0) {
  const file = parquetMetadata(bytes.buffer, {
    parsers: { timestampFromMilliseconds: Number },
  });
  const chunks = (file.row_groups[group]?.columns ?? []).map(({ meta_data }) => meta_data!);
  return { file, chunk: new Map(chunks.map((chunk) => [chunk.path_in_schema[0], chunk])) };
}

for (const table of TABLE_NAMES) {
  Deno.test(`${table}: written rows are read back unchanged`, async () => {
    await fc.assert(
      fc.asyncProperty(tableData(table), async (data) => {
        assertEquals(plain(await readParquet(writeParquet(data), table)), plain(data));
      }),
      { numRuns: 40 },
    );
  });

  Deno.test(`${table}: a file without rows has all columns`, async () => {
    const bytes = writeParquet({ table, rows: 0, columns: makeColumns(table, 0) });
    const names = describe(bytes).file.schema.slice(1).map(({ name }) => name);
    assertEquals(names, columnsOf(TABLES[table]).map(({ name }) => name));
    assertEquals((await readParquet(bytes, table)).rows, 0);
  });
}

Deno.test("columns are required and carry the logical types of the schema", () => {
  const { file } = describe(writeParquet(users([], [])));
  const element = new Map(file.schema.map((element) => [element.name, element]));
  assert(file.schema.slice(1).every(({ repetition_type }) => repetition_type === "REQUIRED"));
  assertEquals(element.get("user_id")?.logical_type, { type: "UUID" });
  assertEquals(element.get("email")?.logical_type, { type: "STRING" });
  assertEquals(element.get("street_number")?.type, "INT32");
  assertEquals(element.get("latitude")?.logical_type, { type: "DECIMAL", precision: 7, scale: 4 });
  assertEquals(element.get("registered_at")?.logical_type, {
    type: "TIMESTAMP",
    isAdjustedToUTC: false,
    unit: "MILLIS",
  });
  assertEquals(element.get("registered_at")?.converted_type, undefined);
});

Deno.test("a file records the version of debr, the schema version and its table", () => {
  const { file } = describe(writeParquet(users([], [])));
  assertEquals(file.created_by, `debr ${project.version}`);
  assertEquals(file.key_value_metadata, [
    { key: "debr.version", value: project.version },
    { key: "debr.schema_version", value: String(SCHEMA_VERSION) },
    { key: "debr.table", value: TABLES.users.description },
  ]);
});

Deno.test("many rows are read back unchanged from row groups of equal size", async () => {
  const data = altids(70_001);
  const bytes = writeParquet(data);
  const { file, chunk } = describe(bytes, 1);
  assertEquals(file.row_groups.map(({ num_rows }) => num_rows), [35_000n, 35_001n]);
  assertEquals(chunk.get("altid_name")?.encodings, ["PLAIN", "RLE_DICTIONARY"]);
  assertEquals(chunk.get("altid_value")?.encodings, ["PLAIN"]);
  assertEquals(plain(await readParquet(bytes, "altids")), plain(data));
});

Deno.test("the same rows give the same bytes, also from longer columns", () => {
  const [few, many] = [altids(2_000), altids(5_000)];
  assertEquals(writeParquet(altids(2_000)), writeParquet(few));
  assertEquals(writeParquet({ ...many, rows: 2_000 }), writeParquet(few));
});

Deno.test("a reused writer writes the bytes of a new one and reuses its buffer", () => {
  const writer = new ParquetWriter();
  for (const rows of [3_000, 10, 0, 9_000, 3_000]) {
    assertEquals(writer.write(altids(rows)), writeParquet(altids(rows)));
  }
  const before = writer.write(altids(20));
  assertEquals(writer.write(altids(10)).buffer, before.buffer);
});

Deno.test("row groups have statistics for timestamps, numbers and repeated texts", () => {
  const many = Array.from({ length: 40 }, (_, row) => ["\u{1f600}", "\uffff", "US"][row % 3]!);
  const born = many.map((_, row) => (row - 20) * 86_400_000);
  const { chunk } = describe(writeParquet(users(many, born)));
  const bounds = (name: string) => {
    const { min_value: min, max_value: max } = chunk.get(name)?.statistics ?? {};
    return { min, max };
  };
  assertEquals(bounds("date_of_birth"), { min: -1_728_000_000, max: 1_641_600_000 });
  assertEquals(bounds("latitude"), { min: 0, max: 0 });
  assertEquals(bounds("country_code"), { min: "US", max: "\u{1f600}" });
  assertEquals(chunk.get("user_id")?.statistics, undefined);
});

Deno.test("a missing or short column is an error", () => {
  const { user_id: short } = altids(2).columns;
  const { user_id: _, ...others } = altids(3).columns;
  const write = (columns: TableData["columns"]) => () =>
    writeParquet({ table: "altids", rows: 3, columns });
  assertThrows(write(others), TypeError, "Cannot write altids: no user_id");
  assertThrows(write({ ...others, user_id: short! }), RangeError, "rows to 3: column has 2");
});
