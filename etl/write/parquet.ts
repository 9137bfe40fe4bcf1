/**
 * Writes rows of one table as a Parquet file. The types of its columns derive from the schema.
 *
 * @module
 */
import { parquetWriteBuffer, type SchemaElement } from "hyparquet-writer";
import { zstdCompressSync } from "node:zlib";
import { columnsOf, type ColumnType, DECIMAL, SCHEMA_VERSION, TABLES } from "../../schema/mod.ts";
import type { ColumnData, ColumnValues, TableData } from "../normalise/columns.ts";
import { VERSION } from "../version.ts";

/** The Parquet types of a column. All columns are required: no table holds nulls. */
const ELEMENT: { readonly [T in ColumnType]: Omit<SchemaElement, "name"> } = {
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
};

const VALUES: {
  readonly [T in ColumnType]: (values: ColumnValues[T], rows: number) => ArrayLike<unknown>;
} = {
  text: (values, rows) => values.slice(0, rows),
  uuid: (values, rows) =>
    Array.from({ length: rows }, (_, row) => values.subarray(row * 16, row * 16 + 16)),
  integer: (values, rows) => values.subarray(0, rows),
  decimal: (values, rows) => Array.from(values.subarray(0, rows), BigInt),
  timestamp: (values, rows) => BigInt64Array.from(values.subarray(0, rows), BigInt as never),
};

/**
 * The rows as the bytes of a Parquet file. The same rows give the same bytes.
 */
export function writeParquet(data: TableData): Uint8Array<ArrayBuffer> {
  const columns = columnsOf(TABLES[data.table]);
  const bytes = parquetWriteBuffer({
    schema: [
      { name: data.table, num_children: columns.length },
      ...columns.map(({ name, type }) => ({
        name,
        repetition_type: "REQUIRED" as const,
        ...ELEMENT[type],
      })),
    ],
    columnData: columns.map(({ name, type }) => ({
      name,
      data: VALUES[type](data.columns[name] as ColumnData as never, data.rows) as unknown[],
      statistics: type !== "uuid" && type !== "text",
    })),
    codec: "ZSTD",
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    rowGroupSize: 65_536,
    kvMetadata: [
      { key: "debr.version", value: VERSION },
      { key: "debr.schema_version", value: String(SCHEMA_VERSION) },
      { key: "debr.table", value: TABLES[data.table].description },
    ],
    createdBy: `debr ${VERSION}`,
  });
  return new Uint8Array(bytes);
}
