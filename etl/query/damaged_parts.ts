// Finds damaged parts. Sizes are compared before any SQL runs; SHA-256 is computed only after a
// failure, because reading every part would delay the first row.
import { TABLE_NAMES } from "../../schema/mod.ts";
import {
  checkIntact,
  checkParts,
  type Checksum,
  checksumOf,
  exists,
  fromDisk,
  MANIFEST,
  openDataset,
  readUnchanged,
  requireSame,
} from "../load/dataset/mod.ts";
import type { Engine } from "./engine.ts";

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
