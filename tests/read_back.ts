/**
 * Reads committed tables as text with hyparquet, without debr's own reader.
 *
 * @module
 */
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { zstdDecompressSync } from "node:zlib";
import { DECIMAL, type Row, TABLE_NAMES, type TableName } from "../schema/mod.ts";

type Rows = { readonly [T in TableName]: Row<T>[] };

/** Keeps a byte order mark, which hyparquet's decoder would drop. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function print(name: string, value: unknown): string | number {
  if (value instanceof Date) return value.toISOString();
  if (name === "latitude" || name === "longitude") return Number(value).toFixed(DECIMAL.scale);
  return value as string | number;
}

/** Reads the rows of one Parquet file. */
export async function readFile(path: string): Promise<Record<string, string | number>[]> {
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(path),
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
    parsers: { stringFromBytes: (bytes: Uint8Array) => decoder.decode(bytes) },
  });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, print(name, value)]))
  );
}

async function listParts(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).filter((name) => name.endsWith(".parquet")).sort();
}

/** Reads the rows of all tables in a folder, in the order of the parts. */
export async function readTables(tables: string): Promise<Rows> {
  const found: Record<string, unknown[]> = {};
  for (const table of TABLE_NAMES) {
    const rows = found[table] = [] as unknown[];
    for (const part of await listParts(`${tables}/${table}`)) {
      for (const row of await readFile(`${tables}/${table}/${part}`)) rows.push(row);
    }
  }
  return found as unknown as Rows;
}
