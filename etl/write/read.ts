/**
 * Reads a Parquet file of one table back into columns, the inverse of `parquet.ts`.
 *
 * @module
 */
import { type AsyncBuffer, type DecodedArray, type ParquetParsers, parquetScan } from "hyparquet";
import { zstdDecompressSync } from "node:zlib";
import { columnsOf, type ColumnType, DECIMAL, type TableName, TABLES } from "../../schema/mod.ts";
import { DestinationError } from "../errors.ts";
import {
  type ColumnData,
  type ColumnValues,
  makeColumns,
  type TableData,
} from "../normalise/columns.ts";

/** The default decoder would drop a byte order mark that a text begins with. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: (bytes) => decoder.decode(bytes),
  uuidFromBytes: (bytes) => bytes,
  timestampFromMilliseconds: Number,
};

const UNIT = 10 ** DECIMAL.scale;

/** Copies what was read of a column into its place, from row `at` on; texts come in order. */
const COPY: {
  readonly [T in ColumnType]: (to: ColumnValues[T], from: DecodedArray, at: number) => void;
} = {
  text: (to, from) => from.forEach((text) => to.push(text)),
  uuid: (to, from, at) => from.forEach((bytes, row) => to.set(bytes, (at + row) * 16)),
  integer: (to, from, at) => to.set(from as Int32Array, at),
  decimal: (to, from, at) =>
    from.forEach((value, row) => to[at + row] = Math.round(Number(value) * UNIT)),
  timestamp: (to, from, at) => to.set(from as number[], at),
};

/**
 * The rows of a Parquet file that `writeParquet` wrote. `file` holds its bytes, or gives ranges of
 * them (an `AsyncBuffer`). Throws a `DestinationError` where it is no Parquet file of this table.
 */
export async function readParquet(
  file: Uint8Array<ArrayBuffer> | AsyncBuffer,
  table: TableName,
): Promise<TableData> {
  const columns = columnsOf(TABLES[table]);
  try {
    const scan = await parquetScan({
      file: file instanceof Uint8Array ? bufferOf(file) : file,
      columns: columns.map(({ name }) => name),
      compressors: { ZSTD: (input) => zstdDecompressSync(input) },
      parsers: PARSERS,
    });
    const rows = Number(scan.metadata.num_rows);
    const data: Record<string, ColumnData> = makeColumns(table, rows);
    for (const range of scan.ranges) {
      for (const { name, type } of columns) {
        const from = await scan.readColumn({ column: name, ...range });
        COPY[type](data[name] as never, from, range.rowStart);
      }
    }
    return { table, rows, columns: data };
  } catch (cause) {
    throw new DestinationError(`Cannot read Parquet file of ${table}: ${reason(cause)}`, {
      step: "read",
      next: "deno task verify",
      cause,
    });
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function bufferOf(bytes: Uint8Array<ArrayBuffer>): AsyncBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    byteLength,
    slice: (start, end = byteLength) => buffer.slice(byteOffset + start, byteOffset + end),
  };
}
