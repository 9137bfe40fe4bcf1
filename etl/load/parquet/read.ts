import {
  type AsyncBuffer,
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  type ParquetParsers,
  type ParquetScan,
  parquetScan,
  type SchemaElement,
} from "hyparquet";
import { zstdDecompressSync } from "node:zlib";
import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import {
  type ColumnData,
  type ColumnValues,
  makeColumns,
  type TableData,
} from "../../transform/normalise/mod.ts";
const UNIT = 10 ** DECIMAL.scale;

/** Keeps a leading byte order mark of a text, which the default decoder removes. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: (bytes) => decoder.decode(bytes),
  uuidFromBytes: (bytes) => bytes,
  timestampFromMilliseconds: Number,
  // Other engines write microseconds; whole milliseconds become integers.
  timestampFromMicroseconds: (micros) => Number(micros) / 1000,
};

/** debr's own parts are valid UTF-8, so their texts are copied and never become strings. */
const OWN_PARSERS: typeof PARSERS = { ...PARSERS, stringFromBytes: (bytes) => bytes };

function bufferOf(bytes: Uint8Array<ArrayBuffer>): AsyncBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    byteLength,
    slice: (start, end = byteLength) => buffer.slice(byteOffset + start, byteOffset + end),
  };
}

/** Reads ranges of a file, so that a large file does not need to fit in memory. */
export async function rangesOf(path: string): Promise<AsyncBuffer> {
  const { size } = await Deno.stat(path);
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      using file = await Deno.open(path);
      await file.seek(start, Deno.SeekMode.Start);
      const bytes = new Uint8Array(Math.min(end, size) - start);
      for (let at = 0; at < bytes.length;) {
        const read = await file.read(bytes.subarray(at));
        if (read === null) break;
        at += read;
      }
      return bytes.buffer;
    },
  };
}

export async function scanParquet(
  file: AsyncBuffer,
  columns: readonly string[],
  parsers = PARSERS,
): Promise<ParquetScan> {
  return await parquetScan({
    file,
    columns: [...columns],
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
    parsers,
  });
}

export async function footerOf(path: string): Promise<FileMetaData> {
  return await parquetMetadataAsync(await rangesOf(path));
}

/** Copies decoded values into a column, starting at row `at`; texts must be in order. */
export const COPY: {
  readonly [T in ColumnType]: (to: ColumnValues[T], from: DecodedArray, at: number) => void;
} = {
  text: (to, from) =>
    from.forEach((text) => typeof text === "string" ? to.push(text) : to.pushBytes(text)),
  uuid: (to, from, at) => from.forEach((bytes, row) => to.set(bytes, (at + row) * 16)),
  integer: (to, from, at) => to.set(from as Int32Array, at),
  decimal: (to, from, at) =>
    from.forEach((value, row) => to[at + row] = Math.round(Number(value) * UNIT)),
  timestamp: (to, from, at) => to.set(from as number[], at),
};

export async function readParquet(
  file: Uint8Array<ArrayBuffer>,
  table: TableName,
): Promise<TableData> {
  const columns = columnsOf(TABLES[table]);
  try {
    const names = columns.map(({ name }) => name);
    const scan = await scanParquet(bufferOf(file), names, OWN_PARSERS);
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
    throw unreadable(`of ${table}`, cause);
  }
}

function unreadable(file: string, cause: unknown): DestinationError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DestinationError(`Cannot read Parquet file ${file}: ${reason}`, {
    step: "read",
    next: { code: "part_damaged" },
    cause,
  });
}

export interface ParquetColumn {
  readonly name: string;
  /** `text`, `uuid`, `integer of 32 bits`, `decimal(7,4)`, `timestamp in milliseconds`, … */
  readonly type: string;
  /** The number of nulls; `undefined` if the file does not contain it. */
  readonly nulls: number | undefined;
}

const PHYSICAL: Readonly<Record<string, string>> = {
  BOOLEAN: "boolean",
  INT32: "integer of 32 bits",
  INT64: "integer of 64 bits",
  INT96: "timestamp of 96 bits",
  FLOAT: "float",
  DOUBLE: "double",
  BYTE_ARRAY: "bytes",
};

function typeInWords(element: SchemaElement): string {
  const { type = "group", logical_type: logical, converted_type: converted, num_children } =
    element;
  if (num_children) return "group";
  if (logical?.type === "TIMESTAMP") {
    const zone = logical.isAdjustedToUTC ? ", adjusted to UTC" : "";
    return `timestamp in ${logical.unit.toLowerCase().replace(/s$/, "")}seconds${zone}`;
  }
  if (logical?.type === "DECIMAL" || converted === "DECIMAL") {
    return `decimal(${element.precision},${element.scale ?? 0})`;
  }
  if (logical?.type === "STRING" || converted === "UTF8") return "text";
  if (logical?.type === "INTEGER") {
    return `${logical.isSigned ? "" : "unsigned "}integer of ${logical.bitWidth} bits`;
  }
  const other = logical?.type ?? converted;
  if (other !== undefined && other !== "NULL") return other.toLowerCase().replaceAll("_", " ");
  if (type === "FIXED_LEN_BYTE_ARRAY") return `${element.type_length} bytes`;
  return PHYSICAL[type] ?? type.toLowerCase();
}

function nullsIn({ row_groups: groups }: FileMetaData, name: string): number | undefined {
  let nulls = 0;
  for (const { columns } of groups) {
    const meta = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
    const count = meta?.statistics?.null_count;
    if (count === undefined) return undefined;
    nulls += Number(count);
  }
  return nulls;
}

/** Reads columns from the footer. Throws a `DestinationError` if it is no Parquet file. */
export async function readParquetColumns(path: string): Promise<ParquetColumn[]> {
  try {
    const metadata = await footerOf(path);
    const { schema: [root, ...elements] } = metadata;
    const columns: ParquetColumn[] = [];
    for (let at = 0; columns.length < (root?.num_children ?? 0);) {
      const element = elements[at]!;
      const { name, repetition_type: repetition } = element;
      const list = repetition === "REPEATED" ? "list of " : "";
      // Many writers declare every column as optional.
      const nulls = repetition === "OPTIONAL" ? nullsIn(metadata, name) : 0;
      columns.push({ name, type: list + typeInWords(element), nulls });
      // Skips the children of a group, which follow it.
      for (let inside = 1; inside > 0; at++) inside += (elements[at]?.num_children ?? 0) - 1;
    }
    return columns;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    throw unreadable(path, cause);
  }
}
