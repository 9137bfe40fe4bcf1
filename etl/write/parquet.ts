/**
 * Writes rows of one table as a Parquet file. The types of its columns derive from the schema.
 *
 * The format itself (page headers, footer) is left to hyparquet-writer. The pages come from
 * `encode.ts`: the library's own encoders go value by value and take several times as long.
 *
 * @module
 */
import { ByteWriter, type SchemaElement } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { constants, zstdCompressSync } from "node:zlib";
import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  type NamedColumn,
  SCHEMA_VERSION,
  type TableName,
  TABLES,
} from "../../schema/mod.ts";
import type { TableData } from "../normalise/columns.ts";
import { VERSION } from "../version.ts";
import { encodeColumn, type EncodedColumn } from "./column.ts";
import type { Page } from "./encode.ts";

type FileMetaData = Parameters<typeof writeMetadata>[1];
type RowGroup = FileMetaData["row_groups"][number];
type ColumnChunk = RowGroup["columns"][number];
/** A page's header without its sizes. */
type Header = Omit<
  Parameters<typeof writePageHeader>[1],
  "uncompressed_page_size" | "compressed_page_size"
>;

/** `PAR1`: the first and the last four bytes of a Parquet file. */
const MAGIC = 0x31524150;

/** A part of about 50,000 rows is one row group, and an index into a dictionary takes 16 bits. */
const ROW_GROUP_ROWS = 65_536;

/** Level 3, the default, takes 1.6 times as long to save 1% on these tables. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The Parquet types of a column. All columns are required: no table holds nulls. */
const ELEMENT = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  uuid: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } },
  integer: { type: "INT32" },
  decimal: {
    type: "INT32",
    converted_type: "DECIMAL",
    ...DECIMAL,
    logical_type: { type: "DECIMAL", ...DECIMAL },
  },
  // The converted type TIMESTAMP_MILLIS would say that it is adjusted to UTC.
  timestamp: {
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MILLIS" },
  },
} as const satisfies { readonly [T in ColumnType]: Omit<SchemaElement, "name"> };

/**
 * The rows as the bytes of a Parquet file. The same rows give the same bytes. No rows give a file
 * that holds the columns alone.
 */
export function writeParquet(data: TableData): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter(1 << 20);
  file.appendUint32(MAGIC);
  const groups = Math.ceil(data.rows / ROW_GROUP_ROWS);
  const row_groups = Array.from({ length: groups }, (_, group) => {
    const start = Math.floor(data.rows * group / groups);
    const end = Math.floor(data.rows * (group + 1) / groups);
    return writeRowGroup(file, data, { start, end });
  });
  writeMetadata(file, { ...describe(data.table), num_rows: BigInt(data.rows), row_groups });
  file.appendUint32(MAGIC);
  return new Uint8Array(file.getBuffer());
}

/** What a file says of its table. */
function describe(table: TableName): Omit<FileMetaData, "num_rows" | "row_groups"> {
  const columns = columnsOf(TABLES[table]);
  return {
    version: 2,
    created_by: `debr ${VERSION}`,
    metadata_length: 0, // Known once it is written.
    schema: [
      { name: table, num_children: columns.length },
      ...columns.map(({ name, type }): SchemaElement => (
        { name, repetition_type: "REQUIRED", ...ELEMENT[type] }
      )),
    ],
    key_value_metadata: [
      { key: "debr.version", value: VERSION },
      { key: "debr.schema_version", value: String(SCHEMA_VERSION) },
      { key: "debr.table", value: TABLES[table].description },
    ],
  };
}

/** Writes the rows from `start` up to and without `end`. */
function writeRowGroup(
  file: ByteWriter,
  { table, columns }: TableData,
  { start, end }: { readonly start: number; readonly end: number },
): RowGroup {
  const chunks = columnsOf(TABLES[table]).map((column) => {
    const values = columns[column.name];
    if (values === undefined) throw new TypeError(`Cannot write ${table}: no ${column.name}`);
    const encoded = encodeColumn(column.type, values, { start, end });
    return writeChunk(file, encoded, { column, rows: end - start });
  });
  return {
    columns: chunks,
    num_rows: BigInt(end - start),
    total_byte_size: sum(chunks.map(({ meta_data }) => meta_data!.total_uncompressed_size)),
    total_compressed_size: sum(chunks.map(({ meta_data }) => meta_data!.total_compressed_size)),
  };
}

/** Writes the pages of one column. */
function writeChunk(
  file: ByteWriter,
  { dictionary, page, bounds }: EncodedColumn,
  { column, rows }: { readonly column: NamedColumn; readonly rows: number },
): ColumnChunk {
  // Random bytes do not compress.
  const codec = column.type === "uuid" ? "UNCOMPRESSED" : "ZSTD";
  const start = file.offset;
  let size = 0;
  if (dictionary) {
    const header = dictionaryHeader(dictionary.count);
    size += writePage(file, dictionary.page, { codec, header });
  }
  const data = file.offset;
  size += writePage(file, page, { codec, header: dataHeader(rows, dictionary !== undefined) });
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: ELEMENT[column.type].type,
      encodings: dictionary ? ["PLAIN", "RLE_DICTIONARY"] : ["PLAIN"],
      path_in_schema: [column.name],
      codec,
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(size),
      total_compressed_size: BigInt(file.offset - start),
      data_page_offset: BigInt(data),
      ...(dictionary && { dictionary_page_offset: BigInt(start) }),
      ...(bounds && { statistics: bounds }),
    },
  };
}

function dictionaryHeader(num_values: number): Header {
  return { type: "DICTIONARY_PAGE", dictionary_page_header: { num_values, encoding: "PLAIN" } };
}

function dataHeader(num_values: number, indexed: boolean): Header {
  return {
    type: "DATA_PAGE",
    data_page_header: {
      num_values,
      encoding: indexed ? "RLE_DICTIONARY" : "PLAIN",
      // Required columns have no levels, but the format wants their encoding named.
      definition_level_encoding: "RLE",
      repetition_level_encoding: "RLE",
    },
  };
}

/** Writes one page; returns its size with the header, before compression. */
function writePage(
  file: ByteWriter,
  page: Page,
  { codec, header }: { readonly codec: "ZSTD" | "UNCOMPRESSED"; readonly header: Header },
): number {
  const stored = codec === "ZSTD" ? zstdCompressSync(page, ZSTD) : page;
  const start = file.offset;
  writePageHeader(file, {
    ...header,
    uncompressed_page_size: page.length,
    compressed_page_size: stored.length,
  });
  const size = file.offset - start + page.length;
  file.appendBytes(stored);
  return size;
}

function sum(sizes: readonly bigint[]): bigint {
  return sizes.reduce((total, size) => total + size, 0n);
}
