import type { Row, TableName } from "../../../schema/mod.ts";
import { parseJson, readFolder } from "../../common/missing.ts";
import { PERSON_TABLES, type PersonTable } from "../../transform/normalise/mod.ts";
import type { Request } from "../../extract/pages/pages.ts";
import { exists, makeFolder, removeAll, writeTextDurable } from "./files.ts";
import { checkIntact, type Checksum, DamagedFileError, fromDisk, isSealed } from "./intact.ts";
import type { Mode } from "./open.ts";
import { layout } from "./paths.ts";

export interface StagedPart extends Checksum {
  readonly rows: number;
}

export interface StagedBatch {
  /** The pages; `digest` identifies a landed page of the API. */
  readonly pages: readonly Readonly<{ page: string; people: number; digest?: string }>[];
  readonly people: Readonly<Record<"received" | "rejected" | "repeated", number>>;
  readonly parts: Readonly<Record<PersonTable, StagedPart>>;
  readonly files: Readonly<Record<"ids" | "ranks" | "rejects", Checksum>>;
  readonly references: { readonly [T in Exclude<TableName, PersonTable>]: readonly Row<T>[] };
}

export const BATCH_FILE = "batch.json";

export const REJECTS_FILE = "rejects.ndjson";

export const IDS_FILE = "ids";

/** The file with a 64-bit float (`copyRank`) for each sorted id. */
export const RANKS_FILE = "ranks";

export interface Staged {
  readonly folder: string;
  readonly batch: StagedBatch;
}

export async function readStaged(folder: string): Promise<Staged> {
  const path = `${folder}/${BATCH_FILE}`;
  const text = await fromDisk(path, () => Deno.readTextFile(path));
  const batch = parseJson(text);
  if (!isSealed(batch)) throw new DamagedFileError(path, { what: "is not what was written" });
  return { folder, batch: batch as StagedBatch };
}

export async function readLeft(folder: string): Promise<Staged> {
  const staged = await readStaged(folder);
  const { parts, files } = staged.batch;
  for (const table of PERSON_TABLES) await checkIntact(`${folder}/${table}.parquet`, parts[table]);
  await checkIntact(`${folder}/${IDS_FILE}`, files.ids);
  await checkIntact(`${folder}/${RANKS_FILE}`, files.ranks);
  await checkIntact(`${folder}/${REJECTS_FILE}`, files.rejects);
  return staged;
}

/** The file with the request; its age is the age of the run. */
const REQUEST_FILE = "request.json";

/** Milliseconds for which abandoned runs are kept: a week. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

interface Asked {
  readonly request: Request;
  readonly mode: Mode;
}

interface AbandonedRun {
  readonly asked: Asked | undefined;
  readonly ageMs: number;
  readonly removed: boolean;
}

/** Suffix of folders that no run can continue and that will be removed. */
export const OVER = ".over";

export async function openStaging(folder: string, { request, mode }: Asked): Promise<void> {
  await makeFolder(`${folder}/pages`);
  await writeTextDurable(`${folder}/${REQUEST_FILE}`, JSON.stringify({ mode, request }) + "\n");
}

async function askedIn(file: string): Promise<Asked | undefined> {
  try {
    const { mode, request } = JSON.parse(await Deno.readTextFile(file));
    return { mode, request };
  } catch {
    // The run was killed before the file was written.
    return undefined;
  }
}

export async function hasProgress(folder: string): Promise<boolean> {
  const [batches, pages] = [await readFolder(folder), await readFolder(`${folder}/pages`)];
  return batches.some(({ name }) => /^batch-\d+$/.test(name)) ||
    pages.some(({ name }) => name.endsWith(".json.gz"));
}

/** Removes runs that are empty or older than a week. The lock ensures that none is running. */
export async function abandonedRuns(
  root: string,
  { except, now }: { except: string; now: number },
): Promise<AbandonedRun[]> {
  const { staging } = layout(root);
  const found: AbandonedRun[] = [];
  for (const { name, isDirectory } of await readFolder(staging)) {
    if (name === except || name.endsWith(OVER) || !isDirectory) continue;
    const folder = `${staging}/${name}`;
    if (!await hasProgress(folder)) {
      await removeAll(folder);
      continue;
    }
    const file = `${folder}/${REQUEST_FILE}`;
    const { mtime } = await Deno.stat(await exists(file) ? file : folder);
    const ageMs = now - (mtime?.getTime() ?? 0);
    const removed = ageMs > KEPT_MS;
    found.push({ asked: await askedIn(file), ageMs, removed });
    if (removed) await removeAll(folder);
  }
  return found;
}
