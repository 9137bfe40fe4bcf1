// hyparquet-writer writes headers and footer; its encoders are several times slower than ours.
import { ByteWriter, type SchemaElement } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  SCHEMA_VERSION,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import type { TableData } from "../../transform/normalise/mod.ts";
import { VERSION } from "../../common/version.ts";
import { type Chunk, storeColumn, type StoredPage } from "./column.ts";

type FileMetaData = Parameters<typeof writeMetadata>[1];
type RowGroup = FileMetaData["row_groups"][number];
type ColumnChunk = RowGroup["columns"][number];

const MAGIC = 0x31524150;

/** Fits a part of about 50,000 rows in a row group, and a dictionary index in 16 bits. */
const ROW_GROUP_ROWS = 65_536;

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
  // The converted type TIMESTAMP_MILLIS would mean adjusted to UTC.
  timestamp: {
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MILLIS" },
  },
} as const satisfies { readonly [T in ColumnType]: Omit<SchemaElement, "name"> };

/** A buffer that grows in place: the library's own leaves a copy as garbage each time it grows. */
class FileBuffer extends ByteWriter {
  override ensure(more: number): void {
    const needed = this.index + more;
    if (needed <= this.buffer.byteLength) return;
    this.buffer = this.buffer.transfer(Math.max(needed, this.buffer.byteLength * 2));
    this.view = new DataView(this.buffer);
  }

  clear(): void {
    this.index = 0;
    this.offset = 0;
  }
}

export class ParquetWriter {
  readonly #file = new FileBuffer();

  /** Writes deterministic bytes, valid until the next call. A file may have no rows. */
  write(data: TableData): Uint8Array<ArrayBuffer> {
    const file = this.#file;
    file.clear();
    file.appendUint32(MAGIC);
    const groups = Math.ceil(data.rows / ROW_GROUP_ROWS);
    const row_groups = Array.from({ length: groups }, (_, group) => {
      const start = Math.floor(data.rows * group / groups);
      const end = Math.floor(data.rows * (group + 1) / groups);
      return writeRowGroup(file, { data, start, end });
    });
    writeMetadata(file, { ...describe(data.table), num_rows: BigInt(data.rows), row_groups });
    file.appendUint32(MAGIC);
    return file.getBytes();
  }
}

export function writeParquet(data: TableData): Uint8Array<ArrayBuffer> {
  const { buffer, length } = new ParquetWriter().write(data);
  return new Uint8Array(buffer.transfer(length));
}

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

function writeRowGroup(
  file: ByteWriter,
  { data, start, end }: { data: TableData; start: number; end: number },
): RowGroup {
  const columns = columnsOf(TABLES[data.table]).map((column) =>
    writeChunk(file, storeColumn(data, { column, start, end }), end - start)
  );
  return {
    columns,
    num_rows: BigInt(end - start),
    total_byte_size: sum(columns.map(({ meta_data }) => meta_data!.total_uncompressed_size)),
    total_compressed_size: sum(columns.map(({ meta_data }) => meta_data!.total_compressed_size)),
  };
}

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
    // Frees the memory without waiting for the garbage collector.
    if (codec === "ZSTD") page.bytes.buffer.transfer(0);
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

/** Writes a page and returns its size with the header, before compression. */
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
