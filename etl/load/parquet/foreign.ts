// Columns of other engines may have other types without loss, and Hive partitions replace columns.
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
  setUuid,
  type TableData,
} from "../../transform/normalise/mod.ts";
import { COPY, footerOf, rangesOf, readParquetColumns, scanParquet } from "./read.ts";
import type { DecodedArray } from "hyparquet";

const STORED_AS: Readonly<Record<ColumnType, RegExp>> = {
  text: /^text$/,
  uuid: /^(uuid|text)$/,
  integer: /^(integer of 32 bits|int 32)$/,
  decimal: new RegExp(`^decimal\\(\\d+,${DECIMAL.scale}\\)$`),
  timestamp: /^timestamp in (milli|micro)seconds$/,
};

function fault(values: DecodedArray, type: ColumnType): string | undefined {
  const list = Array.from<unknown>(values);
  if (list.some((value) => value === null || value === undefined)) return "it holds nulls";
  if (type === "timestamp" && !list.every(Number.isInteger)) {
    return "it holds fractions of milliseconds";
  }
  const isId = (text: unknown) => typeof text !== "string" || /^[0-9a-f-]{36}$/.test(text);
  return type === "uuid" && !list.every(isId) ? "it holds a value that is not a UUID" : undefined;
}

function copyUuids(to: ColumnValues["uuid"], from: DecodedArray): void {
  from.forEach((value: unknown, row: number) => {
    if (typeof value === "string") setUuid(to, { row, uuid: value });
    else to.set(value as Uint8Array, row * 16);
  });
}

interface ForeignFile {
  readonly path: string;
  /** Values of the columns that are names of folders. */
  readonly partition: Readonly<Record<string, string>>;
}

function refusal({ path }: ForeignFile, table: TableName): (why: string) => DestinationError {
  return (why) =>
    new DestinationError(`Cannot read ${path}: ${why}`, {
      step: "read",
      next: `Write it with the columns that docs/dictionary.md lists for ${table}`,
    });
}

export async function countForeign(file: ForeignFile, table: TableName): Promise<number> {
  const refuse = refusal(file, table);
  const stored = new Map(
    (await readParquetColumns(file.path)).map(({ name, type }) => [name, type]),
  );
  for (const { name, type } of columnsOf(TABLES[table])) {
    if (name in file.partition) continue;
    const found = stored.get(name);
    if (found === undefined) throw refuse(`it has no column ${name}`);
    if (!STORED_AS[type].test(found)) throw refuse(`${name} is ${found}, not ${type}`);
  }
  return Number((await footerOf(file.path)).num_rows);
}

/** Reads a counted file by row groups. Throws a `DestinationError` for values that do not fit. */
export async function* readForeign(
  file: ForeignFile,
  table: TableName,
): AsyncGenerator<TableData, void> {
  const refuse = refusal(file, table);
  const columns = columnsOf(TABLES[table]);
  const inFile = columns.flatMap(({ name }) => name in file.partition ? [] : name);
  const scan = await scanParquet(await rangesOf(file.path), inFile);
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

const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

function partitionOf(name: string, path: string): Record<string, string> {
  const [, column, value] = /^([^=]+)=(.*)$/.exec(name) ?? [];
  if (column === undefined || value === undefined) return {};
  if (value !== NO_VALUE) return { [column]: decodeURIComponent(value) };
  throw new DestinationError(`Cannot read ${path}: no ${column} for its rows`, {
    step: "read",
    next: "Write the table again: no column may hold nulls",
  });
}

/** Lists sorted paths, without names that begin with `.` or `_`: in Spark they are not data. */
export async function parquetPaths(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    if (/^[._]/.test(name)) continue;
    if (isFile && name.endsWith(".parquet")) paths.push(`${folder}/${name}`);
    if (isDirectory) paths.push(...await parquetPaths(`${folder}/${name}`));
  }
  return paths.sort();
}

export async function parquetFiles(folder: string): Promise<ForeignFile[]> {
  return (await parquetPaths(folder)).map((path) => {
    const folders = path.slice(folder.length + 1).split("/").slice(0, -1);
    const values = folders.map((name) => partitionOf(name, path));
    return { path, partition: Object.assign({}, ...values) };
  });
}
