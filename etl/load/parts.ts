/**
 * Reads the committed tables part by part, each checked against the manifest, so that what is
 * loaded is what was committed, also when a run replaces the tables meanwhile.
 *
 * @module
 */
import { SCHEMA_VERSION, type TableName } from "../../schema/mod.ts";
import { exists, sha256 } from "../dataset/files.ts";
import { decodeIds } from "../dataset/ids.ts";
import { FORGOTTEN } from "../dataset/layout.ts";
import type { Part } from "../dataset/manifest.ts";
import { type Dataset, openDataset as openCommitted } from "../dataset/open.ts";
import { DestinationError } from "../errors.ts";
import type { TableData } from "../normalise/columns.ts";
import { readParquet } from "../write/read.ts";

function fault(message: string, next: string): DestinationError {
  return new DestinationError(message, { step: "read", next });
}

/**
 * Opens the committed tables under a folder. Throws a `DestinationError` when there are none, or
 * when an older or newer debr made them.
 */
export async function openDataset(root: string): Promise<Dataset> {
  const { tables, manifest } = await openCommitted(root);
  if (manifest.schema === SCHEMA_VERSION) return { tables, manifest };
  throw manifest.schema > SCHEMA_VERSION
    ? fault(
      `Cannot use ${tables}: schema ${manifest.schema} is newer than ${SCHEMA_VERSION}`,
      "Update debr",
    )
    : fault(
      `Cannot use ${tables}: schema ${manifest.schema} is older than ${SCHEMA_VERSION}`,
      "Make the tables anew: deno task extract",
    );
}

async function readPart(tables: string, { file, sha256: expected }: Part) {
  const path = `${tables}/${file}`;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw changed(path, "it is not there");
  }
  if (await sha256(bytes) !== expected) throw changed(path, "it is not what was committed");
  return bytes;
}

function changed(path: string, reason: string): DestinationError {
  return fault(
    `Cannot read ${path}: ${reason}`,
    "Where a run replaced the tables meanwhile, load again; else see deno task verify",
  );
}

/** The rows of a table, a part at a time. */
export async function* readTable(
  { tables, manifest }: Dataset,
  table: TableName,
): AsyncGenerator<TableData> {
  for (const part of manifest.tables[table].parts) {
    yield await readParquet(await readPart(tables, part), table);
  }
}

/** The ids of people who must not come back, 16 bytes each. */
export async function readForgotten({ tables }: Dataset): Promise<Uint8Array> {
  const path = `${tables}/${FORGOTTEN}`;
  return await exists(path) ? decodeIds(await Deno.readFile(path)) : new Uint8Array();
}
