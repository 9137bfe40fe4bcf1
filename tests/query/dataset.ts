/**
 * A small dataset of invented people for the tests of `query`, written as Parquet in a temporary
 * folder.
 *
 * @module
 */
import { slashed } from "../../etl/common/path.ts";
import { writeManifest } from "../manifest.ts";
import { parquetWriteBuffer } from "hyparquet-writer";
import {
  columnsOf,
  type ColumnType,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../schema/mod.ts";

const ID = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;

/** Rows by table; other columns have the example of the schema. */
const ROWS: Readonly<Record<TableName, readonly Readonly<Record<string, string | number>>[]>> = {
  countries: [
    { country_code: "FR", country_name: "France" },
    { country_code: "IR", country_name: "Iran" },
    { country_code: "NZ", country_name: "New Zealand" },
  ],
  timezones: [{ timezone_code: "00000000000000aa", utc_offset: "+5:45", description: "Kathmandu" }],
  media: [{ media_id: "00000000000000bb" }],
  users: [
    { user_id: ID(1), first_name: "Zoé", last_name: "O'Neil", city: "Orléans", street_number: 7 },
    {
      user_id: ID(2),
      first_name: "نیما",
      last_name: "نیک\u200cپی",
      city: "تهران",
      street_number: 9981,
    },
    { user_id: ID(3), first_name: "美咲", last_name: "", city: 'a|b,"c"', street_number: 0 },
  ].map((row, index) => ({
    ...row,
    email: `user${index}@example.com`,
    registered_at: `2021-03-0${index + 1}T04:05:06.789Z`,
    date_of_birth: "1969-12-31T23:59:59.999Z",
    latitude: ["48.8566", "-0.0001", "90.0000"][index] ?? "",
    longitude: ["-179.9999", "0.5000", "0.0000"][index] ?? "",
    postcode: ["01234", "K1A 0B1", ""][index] ?? "",
    country_code: ["FR", "IR", "NZ"][index] ?? "",
    timezone_code: "00000000000000aa",
    media_id: "00000000000000bb",
  })),
  logins: [1, 2, 3].map((digit) => ({ user_id: ID(digit), login_external_uuid: ID(9) })),
  altids: [{ user_id: ID(1), altid_name: "INSEE", altid_value: "0" }],
};

const ELEMENTS: { readonly [T in ColumnType]: object } = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  uuid: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } },
  integer: { type: "INT32" },
  decimal: { type: "INT32", converted_type: "DECIMAL", precision: 7, scale: 4 },
  timestamp: {
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MILLIS" },
  },
};

function parquetValue(value: string | number, type: ColumnType): unknown {
  if (type === "decimal") return Number(value);
  return type === "timestamp" ? new Date(value) : value;
}

function tableBytes(table: TableName): Uint8Array {
  const columns = columnsOf(TABLES[table]);
  const rows = ROWS[table];
  const elements = columns.map(({ name, type }) => ({
    name,
    repetition_type: "REQUIRED",
    ...ELEMENTS[type],
  }));
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type, example }) => ({
      name,
      data: rows.map((row) => parquetValue(row[name] ?? example, type)),
    })),
    schema: [{ name: "root", num_children: columns.length }, ...elements] as never,
  });
  return new Uint8Array(buffer);
}

/** Writes the dataset into a new temporary folder and returns its path. */
export async function makeDataset(): Promise<string> {
  const data = slashed(await Deno.makeTempDir({ prefix: "debr-query-" }));
  for (const table of TABLE_NAMES) {
    await Deno.mkdir(`${data}/tables/${table}`, { recursive: true });
    await Deno.writeFile(`${data}/tables/${table}/part-00000.parquet`, tableBytes(table));
  }
  await writeManifest(data);
  return data;
}

/** Adds a table with the rows of `media` in this folder below the tables. */
export async function addTable(data: string, folder: string): Promise<void> {
  await Deno.mkdir(`${data}/tables/${folder}`, { recursive: true });
  await Deno.writeFile(`${data}/tables/${folder}/part-00000.parquet`, tableBytes("media"));
}

/** Runs with a dataset that is removed afterwards. */
export async function withDataset(run: (data: string) => Promise<void>): Promise<void> {
  const data = await makeDataset();
  try {
    await run(data);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}
