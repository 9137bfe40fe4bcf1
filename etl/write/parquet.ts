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

/** More bytes than headers of pages and the footer take. */
const OVERHEAD = 1 << 15;

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
  const groups = Math.ceil(data.rows / ROW_GROUP_ROWS);
  const stored = Array.from({ length: groups }, (_, group) => {
    const start = Math.floor(data.rows * group / groups);
    const end = Math.floor(data.rows * (group + 1) / groups);
    return { rows: end - start, chunks: storeRows(data, { start, end }) };
  });
  const pages = stored.flatMap(({ chunks }) => chunks.flatMap(({ pages }) => pages));
  // All at once: memory that grows is had several times over until garbage is collected.
  const file = new ByteWriter(pages.reduce((sum, { bytes }) => sum + bytes.length, OVERHEAD));
  file.appendUint32(MAGIC);
  const row_groups = stored.map((group) => writeRowGroup(file, group));
  writeMetadata(file, { ...describe(data.table), num_rows: BigInt(data.rows), row_groups });
  file.appendUint32(MAGIC);
  return new Uint8Array(file.buffer.transfer(file.offset));
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

/** A page as it stands in the file, its header aside. */
interface StoredPage {
  readonly header: Header;
  readonly bytes: Uint8Array;
  /** Its size before compression. */
  readonly size: number;
}

/** The pages of one column. */
interface Chunk {
  readonly column: NamedColumn;
  readonly codec: "ZSTD" | "UNCOMPRESSED";
  readonly pages: readonly StoredPage[];
  readonly bounds: EncodedColumn["bounds"];
}

/** Encodes and compresses the rows from `start` up to and without `end`. */
function storeRows(
  { table, columns }: TableData,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Chunk[] {
  return columnsOf(TABLES[table]).map((column) => {
    const values = columns[column.name];
    if (values === undefined) throw new TypeError(`Cannot write ${table}: no ${column.name}`);
    const { dictionary, page, bounds } = encodeColumn(column.type, values, { start, end });
    // Random bytes do not compress.
    const codec = column.type === "uuid" ? "UNCOMPRESSED" : "ZSTD";
    const store = (page: Page, header: Header): StoredPage => ({
      header,
      bytes: codec === "ZSTD" ? zstdCompressSync(page, ZSTD) : page,
      size: page.length,
    });
    const data = store(page, dataHeader(end - start, dictionary !== undefined));
    const pages = dictionary
      ? [store(dictionary.page, dictionaryHeader(dictionary.count)), data]
      : [data];
    return { column, codec, pages, bounds };
  });
}

/** Writes the columns of a row group. */
function writeRowGroup(
  file: ByteWriter,
  { rows, chunks }: { readonly rows: number; readonly chunks: readonly Chunk[] },
): RowGroup {
  const columns = chunks.map((chunk) => writeChunk(file, chunk, rows));
  return {
    columns,
    num_rows: BigInt(rows),
    total_byte_size: sum(columns.map(({ meta_data }) => meta_data!.total_uncompressed_size)),
    total_compressed_size: sum(columns.map(({ meta_data }) => meta_data!.total_compressed_size)),
  };
}

/** Writes the pages of one column: its dictionary where there is one, then its rows. */
function writeChunk(
  file: ByteWriter,
  { column, codec, pages, bounds }: Chunk,
  rows: number,
): ColumnChunk {
  const offsets: bigint[] = [];
  let size = 0;
  for (const page of pages) {
    offsets.push(BigInt(file.offset));
    size += writePage(file, page);
  }
  const start = offsets[0]!;
  return {
    file_offset: start,
    meta_data: {
      type: ELEMENT[column.type].type,
      encodings: pages.length > 1 ? ["PLAIN", "RLE_DICTIONARY"] : ["PLAIN"],
      path_in_schema: [column.name],
      codec,
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(size),
      total_compressed_size: BigInt(file.offset) - start,
      data_page_offset: offsets.at(-1)!,
      ...(pages.length > 1 && { dictionary_page_offset: start }),
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
function writePage(file: ByteWriter, { header, bytes, size }: StoredPage): number {
  const start = file.offset;
  writePageHeader(file, {
    ...header,
    uncompressed_page_size: size,
    compressed_page_size: bytes.length,
  });
  const written = file.offset - start + size;
  file.appendBytes(bytes);
  return written;
}

function sum(sizes: readonly bigint[]): bigint {
  return sizes.reduce((total, size) => total + size, 0n);
}
