// Sizes are compared before any SQL, hashes only after a failure: they would delay the first row.
import { TABLE_NAMES } from "../../schema/mod.ts";
import {
  checkIntact,
  checkParts,
  type Checksum,
  checksumOf,
  committedTables,
  exists,
  fromDisk,
  isForeign,
  MANIFEST,
  openDataset,
  readIfThere,
  readUnchanged,
  requireSame,
} from "../load/dataset/mod.ts";
import { parquetFiles, parquetPaths } from "../load/parquet/foreign.ts";
import { isSystemFault, systemReason } from "../common/system_fault.ts";
import type { Engine, Parts } from "./engine.ts";
import type { EngineName, OwnFile } from "./options.ts";
import { NATIVE, unreadable, usage } from "./errors.ts";

/** Checksums by path; unknown for tables that another engine wrote. */
export type KnownParts = ReadonlyMap<string, Checksum>;

/** Compares sizes with the manifest. Throws a `DestinationError`. */
export async function checkedParts(data: string): Promise<KnownParts> {
  if (!await exists(`${data}/tables/${MANIFEST}`)) return new Map();
  const dataset = await openDataset(data);
  await readUnchanged(data, { dataset, step: "query", read: () => checkParts(dataset) });
  const { tables, manifest } = dataset;
  const parts = TABLE_NAMES.flatMap((name) => manifest.tables[name].parts);
  return new Map(parts.map((part) => [`${tables}/${part.file}`, part]));
}

/** Compares hashes. Throws a `DamagedFileError` that names the first damaged part. */
export async function requireIntact(parts: KnownParts, engine?: Engine): Promise<void> {
  for (const [path, expected] of parts) {
    // A script may have dropped the permission to open a file that the engine holds open.
    const bytes = await fromDisk(path, async () => await engine?.bytesOf?.(path));
    if (bytes !== undefined) requireSame(path, expected, checksumOf(bytes));
    else await checkIntact(path, expected);
  }
}

/** Returns the damage that caused the error, or the error itself if no part is damaged. */
export async function damageOr(
  error: unknown,
  { parts, engine }: { readonly parts: KnownParts; readonly engine?: Engine },
): Promise<unknown> {
  try {
    await engine?.requireSteady?.();
    await requireIntact(parts, engine);
  } catch (damaged) {
    if (!(damaged instanceof Deno.errors.NotCapable)) return damaged;
  }
  return error;
}

/** Reads the manifest's text; `undefined` for tables that another engine wrote. */
export async function committed(data: string): Promise<string | undefined> {
  const tables = await committedTables(data);
  const manifest = tables && await readIfThere(`${tables}/${MANIFEST}`);
  return manifest && new TextDecoder().decode(manifest);
}

export async function partsOf(data: string, table: string): Promise<Parts> {
  const folder = `${await committedTables(data) ?? `${data}/tables`}/${table}`;
  const files = await parquetFiles(folder);
  if (files.length === 0) {
    throw unreadable(`no Parquet file in ${folder}`, { next: { code: "part_damaged", data } });
  }
  return { table, paths: files.map(({ path }) => path) };
}

/** Finds other folders of Parquet beside the six tables, such as an analyst's own models. */
async function otherParts(data: string): Promise<Parts[]> {
  const isOther = (name: string) =>
    !/^[._]/.test(name) && !(TABLE_NAMES as readonly string[]).includes(name);
  const entries = await Array.fromAsync(Deno.readDir(`${data}/tables`));
  const names = entries.filter(({ name, isDirectory }) => isDirectory && isOther(name))
    .map(({ name }) => name).sort();
  const found = await Promise.all(names.map(async (table) => {
    return { table, paths: await parquetPaths(`${data}/tables/${table}`), foreign: true };
  }));
  return found.filter(({ paths }) => paths.length > 0);
}

export async function partsIn(data: string): Promise<Parts[]> {
  const found = await Promise.all(TABLE_NAMES.map((table) => partsOf(data, table)));
  const foreign = await isForeign(data);
  return [...found.map((part) => ({ ...part, foreign })), ...await otherParts(data)];
}

const READERS: readonly (readonly [RegExp, NonNullable<Parts["reader"]>])[] = [
  [/\.parquet$/i, "read_parquet"],
  [/\.(?:csv|tsv)(?:\.gz)?$/i, "read_csv_auto"],
  [/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i, "read_json_auto"],
];

/** Checks Deno's permission, because the native engine does not ask for it. */
function checkReadable(path: string): void {
  try {
    Deno.openSync(path).close();
    if (Deno.statSync(path).isFile) return;
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    throw usage(`Cannot read ${path}: ${systemReason(cause)}`, { cause });
  }
  throw usage(`Cannot read ${path}: it is not a file`);
}

export function partsOfFiles(
  files: readonly OwnFile[],
  { tables, engine }: { readonly tables: readonly string[]; readonly engine: EngineName },
): Parts[] {
  const taken = new Set(tables.map((table) => table.toLowerCase()));
  return files.map(({ path, name }) => {
    const [ending, reader] = READERS.find(([ending]) => ending.test(path)) ?? [];
    if (ending === undefined) {
      const expected = ".csv, .tsv, .json, .ndjson or .parquet";
      throw usage(`Cannot read ${path}: expected a name that ends in ${expected}`);
    }
    const table = name ?? path.replace(/^.*[/\\]/, "").replace(ending, "");
    if (taken.has(table.toLowerCase())) {
      const next = { code: "own_file_renamed", path } as const;
      throw usage(`Cannot read ${path} as ${table}: a table has this name already`, { next });
    }
    taken.add(table.toLowerCase());
    checkReadable(path);
    if (reader === "read_json_auto" && engine === "wasm") {
      throw usage(`Cannot read ${path}: the WebAssembly engine cannot read JSON`, NATIVE);
    }
    return { table, paths: [path], foreign: true, ...(reader && { reader }) };
  });
}
