/**
 * Reads a Parquet file of one table back into columns, the inverse of `parquet.ts`.
 *
 * @module
 */
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type DecodedArray,
  parquetMetadataAsync,
  type ParquetParsers,
  parquetScan,
  type SchemaElement,
} from "hyparquet";
import { zstdDecompressSync } from "node:zlib";
import { columnsOf, type ColumnType, DECIMAL, type TableName, TABLES } from "../../schema/mod.ts";
import { DestinationError } from "../errors.ts";
import { setUuid } from "../normalise/identity.ts";
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
  // As other engines write them: a fraction is refused where it is met.
  timestampFromMicroseconds: (micros) => Number(micros) / 1000,
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

/** What a column is stored as, in words. */
function storedAs({ type, logical_type: logical, converted_type: converted }: SchemaElement) {
  return JSON.stringify(logical ?? converted ?? type);
}

const isText = ({ type, logical_type: logical, converted_type: converted }: SchemaElement) =>
  type === "BYTE_ARRAY" && (logical?.type === "STRING" || converted === "UTF8");

/** Whether a column holds what debr's own of this type does, as other engines store it. */
const FITS: { readonly [T in ColumnType]: (element: SchemaElement) => boolean } = {
  text: isText,
  uuid: (element) => isText(element) || element.logical_type?.type === "UUID",
  integer: ({ type, converted_type: converted }) =>
    type === "INT32" && (converted === undefined || converted === "INT_32"),
  decimal: ({ converted_type: converted, scale }) =>
    converted === "DECIMAL" && scale === DECIMAL.scale,
  timestamp: ({ logical_type: logical }) =>
    logical?.type === "TIMESTAMP" && !logical.isAdjustedToUTC && logical.unit !== "NANOS",
};

/** What is wrong with the values of a column; nothing where they can be taken. */
function fault(values: DecodedArray, type: ColumnType): string | undefined {
  const list = Array.from<unknown>(values);
  if (list.some((value) => value === null || value === undefined)) return "it holds nulls";
  if (type === "timestamp" && !list.every(Number.isInteger)) {
    return "it holds parts of milliseconds";
  }
  const isId = (text: unknown) => typeof text !== "string" || /^[0-9a-f-]{36}$/.test(text);
  return type === "uuid" && !list.every(isId) ? "it holds what is no UUID" : undefined;
}

function copyUuids(to: ColumnValues["uuid"], from: DecodedArray): void {
  from.forEach((value: unknown, row: number) => {
    if (typeof value === "string") setUuid(to, { row, uuid: value });
    else to.set(value as Uint8Array, row * 16);
  });
}

/** A Parquet file that another engine wrote. */
export interface ForeignFile {
  readonly path: string;
  /** Values of columns that the file lacks, since its folders stand for them. */
  readonly partition: Readonly<Record<string, string>>;
}

function refusal({ path }: ForeignFile, table: TableName): (why: string) => DestinationError {
  return (why) =>
    new DestinationError(`Cannot read ${path}: ${why}`, {
      step: "read",
      next: `Write it with the columns of ${table} as docs/dictionary.md has them`,
    });
}

/**
 * How many rows a Parquet file has that another engine wrote. Throws a `DestinationError` where a
 * column of the table is missing or is stored as something else.
 */
export async function countForeign(file: ForeignFile, table: TableName): Promise<number> {
  const refuse = refusal(file, table);
  const buffer = await asyncBufferFromFile(file.path);
  const { schema, num_rows } = await parquetMetadataAsync(buffer).catch((cause) => {
    throw refuse(reason(cause));
  });
  for (const { name, type } of columnsOf(TABLES[table])) {
    if (name in file.partition) continue;
    const element = schema.find((element) => element.name === name);
    if (element === undefined) throw refuse(`it has no column ${name}`);
    if (!FITS[type](element)) throw refuse(`${name} is ${storedAs(element)}, no ${type}`);
  }
  return Number(num_rows);
}

/**
 * The rows of a file that {@link countForeign} has found to be of the table, a row group at a time.
 * Throws a `DestinationError` for values that no column of debr's holds.
 */
export async function* readForeign(
  file: ForeignFile,
  table: TableName,
): AsyncGenerator<TableData, void> {
  const refuse = refusal(file, table);
  const columns = columnsOf(TABLES[table]);
  const scan = await parquetScan({
    file: await asyncBufferFromFile(file.path),
    columns: columns.flatMap(({ name }) => name in file.partition ? [] : name),
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
    parsers: PARSERS,
  });
  for (const range of scan.ranges) {
    const rows = range.rowEnd - range.rowStart;
    const data: Record<string, ColumnData> = makeColumns(table, rows);
    for (const { name, type } of columns) {
      const given = file.partition[name];
      const from = given === undefined
        ? await scan.readColumn({ column: name, ...range })
        : Array.from({ length: rows }, () => given);
      const wrong = fault(from, type);
      if (wrong !== undefined) throw refuse(`${name}: ${wrong}`);
      if (type === "uuid") copyUuids(data[name] as ColumnValues["uuid"], from);
      else COPY[type](data[name] as never, from, 0);
    }
    yield { table, rows, columns: data };
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
