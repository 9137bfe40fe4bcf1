// Stages a run: fetches the pages and builds the batches that an earlier run of the same request
// did not finish, concurrently.
import { number, plural } from "../common/counts.ts";
import { DestinationError } from "../common/errors.ts";
import {
  exists,
  type Mode,
  openStaging,
  readLeft,
  readStaged,
  removeAll,
  type Staged,
} from "../load/dataset/mod.ts";
import type { Effects } from "../common/effects.ts";
import type { Source } from "../extract/pages/pages.ts";
import type { RandomUser } from "../random_user.ts";
import { PagesAhead } from "./ahead.ts";
import type { OnPage } from "./batch.ts";
import { PageStore } from "./fetch.ts";
import { batchFolder, progressOf } from "./run_folder.ts";
import { repeatedPage } from "../extract/pages/api_page.ts";
import { WorkPool } from "./pool.ts";
import type { MaxRejects } from "./rejects.ts";

export interface ExtractOptions {
  readonly root: string;
  readonly maxRejects: MaxRejects;
  /** `replace` by default. */
  readonly mode?: Mode;
  /** Whether synthetic people may replace others. */
  readonly replaceOther?: boolean;
  readonly client?: RandomUser | undefined;
  /** Concurrent batches, by default one per core. */
  readonly workers?: number | undefined;
  /** Removes unfinished runs first, including this one. */
  readonly restart?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** When to stop fetching, in milliseconds since 1970. */
  readonly deadline?: number;
  readonly onPage?: OnPage;
  readonly effects?: Pick<Effects, "now" | "log">;
}

export interface Run {
  readonly source: Source;
  readonly options: ExtractOptions;
  readonly effects: Pick<Effects, "now" | "log">;
  readonly folder: string;
  readonly id: string;
  readonly began: number;
}

/** Rejects landed pages of the API with the same people: no single machine compared all pages. */
function checkRepeats(staged: readonly Staged[]): void {
  const seen = new Map<string, string>();
  for (const { page, digest } of staged.flatMap(({ batch }) => batch.pages)) {
    if (digest === undefined) continue;
    const other = seen.get(digest);
    if (other !== undefined) throw repeatedPage(page, `it has the people of ${other}`);
    seen.set(digest, page);
  }
}

/** Returns whether an earlier run left the batch complete. Removes a damaged one. */
async function isBuilt(
  { folder: run, effects, options: { client } }: Run,
  batch: number,
): Promise<boolean> {
  const folder = batchFolder(run, batch);
  if (!await exists(folder)) return false;
  try {
    // Missing pages would have another seed than the batch.
    if (client && client.request.seed === undefined && client.request.gender === undefined) {
      throw new DestinationError("the seed of its pages is lost", { step: "stage" });
    }
    await readLeft(folder);
    return true;
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    await removeAll(folder);
    effects.log({
      event: "batch.damaged",
      message: `Building batch ${batch} again because it is damaged: ${error.message}`,
      data: { batch },
    });
    return false;
  }
}

/** Logs `run.started` or `run.resumed`, by the content of the folder of the run. */
async function logStart({ id, source, folder, effects }: Run): Promise<void> {
  const { batches, people } = source;
  const { pages: fetched, batches: built } = await progressOf(source, folder);
  const data = { run: id, batches: batches.length, ...(people !== undefined && { people }) };
  if (built === 0 && fetched === 0) {
    effects.log({ event: "run.started", message: "Starting", data });
    return;
  }
  const message = `Resuming: ${
    plural(fetched, "page")
  } fetched, ${built} of ${batches.length} batches built`;
  effects.log({ event: "run.resumed", message, data: { ...data, fetched, built } });
}

/** Stages all batches; returns them in the order of pages. */
export async function stageAll(run: Run): Promise<Staged[]> {
  const { source: { batches, request }, options, effects } = run;
  const { client, root, signal, deadline, onPage, mode = "replace" } = options;
  await openStaging(run.folder, { request, mode });
  await logStart(run);
  const store = client && await PageStore.open(client, { folder: run.folder, root, effects });
  const folders = batches.map(({ index }) => batchFolder(run.folder, index));
  const built = await Promise.all(batches.map(({ index }) => isBuilt(run, index)));
  const missing = batches.filter((_, at) => !built[at]);
  const workers = Math.min(options.workers ?? navigator.hardwareConcurrency, missing.length);
  await using pool = new WorkPool({ workers, signal, onPage });
  await using ahead = new PagesAhead(missing.flatMap(({ pages }) => pages), {
    bring: async (page, lastTry) =>
      page.kind === "api" ? await store!.stage(page, { signal, deadline, lastTry }) : page,
    signal: pool.signal,
  });
  for (const batch of missing) {
    const folder = batchFolder(run.folder, batch.index);
    const pages = await ahead.take(batch.pages.length);
    const began = effects.now();
    await pool.add({ folder, pages }, (people) =>
      effects.log({
        event: "batch.built",
        message: `Built batch ${batch.index}, ${number(people.received)} people`,
        data: { batch: batch.index, pages: pages.length, ...people, ms: effects.now() - began },
      }));
  }
  await pool.finish();
  const staged = await Promise.all(folders.map(readStaged));
  checkRepeats(staged);
  return staged;
}
