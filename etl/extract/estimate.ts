/**
 * What a run will take and change, before it does anything.
 *
 * @module
 */
import { TABLE_NAMES, type TableName } from "../../schema/mod.ts";
import { committedTables, layout } from "../dataset/layout.ts";
import { type Manifest, readManifest } from "../dataset/manifest.ts";
import { readStaged } from "../dataset/staged.ts";
import type { RandomUser } from "../random_user.ts";
import { WINDOW } from "../source/budget.ts";
import type { Request, Source } from "../source/pages.ts";
import { countStagedPages } from "./fetch.ts";
import { batchFolder, runId } from "./folder.ts";

/** Bytes of one person in a compressed answer, about. */
const PERSON_BYTES = 300;

/** Seconds for an answer: at least, and more for each person on it, about. */
const ANSWER = { least: 0.2, person: 1 / 5000 } as const;

/** What a run will take and change. */
export interface Estimate {
  readonly request: Request;
  readonly pages: number;
  /** Parts of each table that has rows for each person. */
  readonly parts: number;
  /** People asked for, where known. */
  readonly people: number | undefined;
  /** Pages and batches that an earlier run of the same request has left. */
  readonly done: { readonly pages: number; readonly batches: number };
  /** Requests still to send. */
  readonly requests: number;
  /** Bytes to download, about. */
  readonly bytes: number;
  /** People in 5 minutes, 0 for no limit. */
  readonly rate: number;
  /** Seconds of fetching, about. */
  readonly seconds: number;
  /** What is committed now and will be replaced. */
  readonly replaces: {
    readonly requests: Manifest["requests"];
    readonly rows: Readonly<Record<TableName, number>>;
  } | undefined;
}

/** Seconds for so many requests of a page size at a rate of people. */
function fetchSeconds(
  requests: number,
  { pageSize, rate }: { pageSize: number; rate: number },
): number {
  const answers = requests * Math.max(ANSWER.least, pageSize * ANSWER.person);
  if (rate === 0) return answers;
  const windows = Math.ceil(requests / Math.floor(rate / pageSize));
  return Math.max(answers, (windows - 1) * WINDOW / 1000);
}

async function replaced(root: string): Promise<Estimate["replaces"]> {
  const folder = await committedTables(root);
  if (folder === undefined) return undefined;
  const { requests, tables } = await readManifest(folder);
  const rows = TABLE_NAMES.map((name) => [name, tables[name].rows]);
  return { requests, rows: Object.fromEntries(rows) as Record<TableName, number> };
}

async function builtBatches(source: Source, folder: string): Promise<Set<number>> {
  const built = new Set<number>();
  for (const batch of source.batches) {
    if (await readStaged(batchFolder(folder, batch.index))) built.add(batch.index);
  }
  return built;
}

/** Estimates a run into a dataset; reads what is there, writes nothing. */
export async function estimate(
  { source, client }: { readonly source: Source; readonly client?: RandomUser },
  root: string,
): Promise<Estimate> {
  const folder = `${layout(root).staging}/${await runId(source)}`;
  const pages = source.batches.reduce((sum, batch) => sum + batch.pages.length, 0);
  const built = await builtBatches(source, folder);
  const fetched = await countStagedPages(`${folder}/pages`);
  const requests = client === undefined ? 0 : pages - fetched;
  const { rate = 0, pageSize = 1 } = client?.request ?? {};
  const perPage = Math.min(pageSize, source.people ?? pageSize);
  return {
    request: source.request,
    pages,
    parts: source.batches.length,
    people: source.people,
    done: { pages: fetched, batches: built.size },
    requests,
    bytes: requests * perPage * PERSON_BYTES,
    rate,
    seconds: fetchSeconds(requests, { pageSize: perPage, rate }),
    replaces: await replaced(root),
  };
}
