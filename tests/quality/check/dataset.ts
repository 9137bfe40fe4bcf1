/**
 * Small datasets with faults that debr's own writer cannot make: NULLs, other types, missing
 * columns.
 *
 * @module
 */
import { writeManifest } from "../../manifest.ts";
import { pathOfUrl } from "../../../etl/common/path.ts";
import { parquetWriteBuffer, type SchemaElement } from "hyparquet-writer";
import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { readParquet } from "../../../etl/load/parquet/read.ts";
import { type Temporary, temporary } from "../../temporary.ts";

type StoredType = ColumnType | "double" | "zoned";

/** A column with values of any type. */
export interface LooseColumn {
  type: StoredType;
  // deno-lint-ignore no-explicit-any
  values: any[];
}

/** Six tables that tests may change. */
export type LooseTables = Record<TableName, Record<string, LooseColumn>>;

const ELEMENT: { readonly [T in StoredType]: Omit<SchemaElement, "name"> } = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  uuid: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } },
  integer: { type: "INT32" },
  decimal: {
    type: "INT32",
    converted_type: "DECIMAL",
    ...DECIMAL,
    logical_type: { type: "DECIMAL", ...DECIMAL },
  },
  timestamp: {
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MILLIS" },
  },
  zoned: {
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
  double: { type: "DOUBLE" },
};

const SAMPLE = pathOfUrl(new URL("../../../data/sample", import.meta.url));

/** Converts a value for the Parquet library, which takes 64 bits only as `bigint`. */
function stored(value: unknown, type: StoredType): unknown {
  const isTimestamp = type === "timestamp" || type === "zoned";
  return isTimestamp && value !== null ? BigInt(value as number) : value;
}

// deno-lint-ignore no-explicit-any
const READ: { readonly [T in ColumnType]: (data: any, row: number) => unknown } = {
  text: (data, row) => data[row],
  uuid: (data, row) => data.slice(row * 16, row * 16 + 16),
  integer: (data, row) => data[row],
  decimal: (data, row) => data[row] / 10_000,
  timestamp: (data, row) => data[row],
};

/** Reads the tables of the committed sample, limited to its first `people`. */
export async function sampleTables(people = Infinity): Promise<LooseTables> {
  const tables: Partial<LooseTables> = {};
  for (const table of TABLE_NAMES) {
    const path = `${SAMPLE}/tables/${table}/part-00001.parquet`;
    const { rows, columns } = await readParquet(await Deno.readFile(path), table);
    tables[table] = Object.fromEntries(
      columnsOf(TABLES[table]).map(({ name, type }) => {
        const column = columns[name];
        const data = column instanceof Texts ? [...column] : column;
        const values = Array.from({ length: rows }, (_, row) => READ[type](data, row));
        return [name, { type, values }];
      }),
    );
  }
  const all = tables as LooseTables;
  const ids = all.users["user_id"]!.values.slice(0, people).map(String);
  for (const table of ["users", "logins", "altids"] as const) {
    keepRows(all[table], (row) => ids.includes(String(all[table]["user_id"]!.values[row])));
  }
  return all;
}

/** Keeps only some of the rows of a table. */
export function keepRows(
  table: Record<string, LooseColumn>,
  keep: (row: number) => boolean,
): void {
  const kept = Object.values(table)[0]!.values.map((_, row) => keep(row));
  for (const column of Object.values(table)) {
    column.values = column.values.filter((_, row) => kept[row]);
  }
}

/** Writes tables as a dataset under a folder. */
export async function writeTables(root: string, tables: LooseTables): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) {
    const listed = Object.entries(columns);
    const bytes = parquetWriteBuffer({
      columnData: listed.map(([name, { type, values }]) => ({
        name,
        data: values.map((value) => stored(value, type)),
      })),
      schema: [
        { name: "root", num_children: listed.length },
        ...listed.map(([name, { type }]): SchemaElement => ({
          name,
          repetition_type: "OPTIONAL",
          ...ELEMENT[type],
        })),
      ],
    });
    await Deno.mkdir(`${root}/tables/${name}`, { recursive: true });
    await Deno.writeFile(`${root}/tables/${name}/part-00001.parquet`, new Uint8Array(bytes));
  }
  // Without a manifest they would count as tables of another engine, in which UUIDs may be text.
  await writeManifest(root);
}

/** Makes a changed dataset of the sample's first people in a temporary folder. */
export async function brokenDataset(
  change: (tables: LooseTables) => void,
  people = 60,
): Promise<Temporary> {
  const folder = await temporary();
  const tables = await sampleTables(people);
  change(tables);
  await writeTables(folder.path, tables);
  return folder;
}
