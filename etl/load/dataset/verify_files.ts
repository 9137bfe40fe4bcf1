import { peopleCount, plural } from "../../common/counts.ts";
import type { NextStep } from "../../common/next_step.ts";
import { TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import type { TableData } from "../../transform/normalise/mod.ts";
import { readParquet } from "../parquet/read.ts";
import { checkIntact, type Checksum, DamagedFileError, readIntact } from "./intact.ts";
import { idsPath, LEGACY_FORGOTTEN, MANIFEST, numberOf } from "./paths.ts";
import { rejectsOf } from "./reject_files.ts";
import type { Part } from "./manifest.ts";
import type { Dataset } from "./open.ts";

export interface Pass {
  readonly root: string;
  readonly dataset: Dataset;
  /** Whether the tables are from a backup, which may contain people who were forgotten later. */
  readonly restored: boolean;
  readonly signal: AbortSignal | undefined;
  /** Reports a fault; `next` is the remedy if building the tables again does not help. */
  readonly report: (file: string, what: string, next?: string | NextStep) => void;
}

export async function readChecked(
  { dataset, report, signal }: Pass,
  { file, ...expected }: Checksum & { readonly file: string },
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  signal?.throwIfAborted();
  try {
    return await readIntact(`${dataset.tables}/${file}`, expected);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    return void report(file, error.what);
  }
}

export async function readRows(
  pass: Pass,
  { table, part }: { table: TableName; part: Part },
): Promise<TableData | undefined> {
  const bytes = await readChecked(pass, part);
  if (bytes === undefined) return undefined;
  try {
    const data = await readParquet(bytes, table);
    if (data.rows === part.rows) return data;
    pass.report(part.file, `has ${plural(data.rows, "row")}, the manifest says ${part.rows}`);
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    pass.report(part.file, error.message);
  }
  return undefined;
}

export function checkCounts({ dataset, report }: Pass): void {
  const { tables, people, batches, requests } = dataset.manifest;
  const say = (what: string) => report(MANIFEST, what);
  for (const name of TABLE_NAMES) {
    const rows = tables[name].parts.reduce((sum, part) => sum + part.rows, 0);
    if (rows !== tables[name].rows) {
      say(`says ${plural(tables[name].rows, "row")} of ${name}, its parts have ${rows}`);
    }
  }
  const { received, rejected, repeated, forgotten } = people;
  if (received !== tables.users.rows + rejected + repeated + forgotten) {
    const sum = "the sum of kept, rejected, repeated and forgotten";
    say(`says ${peopleCount(received)} received: not ${sum}`);
  }
  if (batches.some(({ request }) => request >= requests.length)) {
    say("has a batch whose request is missing");
  }
  const lineage = Map.groupBy(batches, ({ part }) => part);
  for (const { file, rows } of tables.users.parts) {
    const from = (lineage.get(numberOf(file)) ?? []).reduce((sum, batch) => sum + batch.rows, 0);
    if (from !== rows) say(`says batches gave ${peopleCount(from)} of ${file}, it has ${rows}`);
  }
}

async function* filesIn(folder: string): AsyncGenerator<string, void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) yield name;
    else for await (const below of filesIn(`${folder}/${name}`)) yield `${name}/${below}`;
  }
}

/** Finds unknown files that a reader of the folders would read as tables. */
export async function checkStrays({ dataset: { tables, manifest }, report }: Pass): Promise<void> {
  const parts = TABLE_NAMES.flatMap((name) => manifest.tables[name].parts);
  const listed = new Set(parts.map(({ file }) => file));
  for (const { file } of manifest.tables.users.parts) {
    listed.add(idsPath(numberOf(file), manifest.format));
  }
  listed.add(MANIFEST).add(LEGACY_FORGOTTEN);
  for await (const file of filesIn(tables)) {
    if (!listed.has(file)) report(file, "is not in the manifest", "Move it elsewhere");
  }
}

export async function checkRejects({ root, dataset, report }: Pass): Promise<void> {
  const { rejects, people } = dataset.manifest;
  const next = "Restore it from a backup; the tables do not need it";
  for (const { path, checksum } of rejectsOf(root, dataset.manifest)) {
    try {
      await checkIntact(path, checksum!);
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      report(path, error.what, next);
    }
  }
  const listed = rejects.reduce((sum, { rows }) => sum + rows, 0);
  if (listed === people.rejected) return;
  report(MANIFEST, `says ${peopleCount(people.rejected)} rejected, its files list ${listed}`);
}
