// Builds the batches that an earlier run of the same request did not finish.
import { pMapIterable } from "p-map";
import { peopleCount, plural } from "../common/counts.ts";
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
import type { LocalPage, RemotePage, Source } from "../extract/pages/pages.ts";
import type { RandomUser } from "../random_user.ts";
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

interface AheadOptions {
  /** Fetches a page; starts no retry after `lastTry` aborts. */
  readonly bring: (page: LocalPage | RemotePage, lastTry: AbortSignal) => Promise<LocalPage>;
  readonly signal: AbortSignal;
}

/** Concurrent pages: enough to hide the latency, few enough for the API. */
export const CONNECTIONS = 4;

/** Fetches the first page alone: it names the seed, and an unreachable API is tried once. */
export class PagesAhead implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #pages: AsyncIterator<LocalPage>;
  readonly #bring: AheadOptions["bring"];
  /** These promises never reject. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** Settles with the first page; never rejects. */
  #first: Promise<void> | undefined;

  /** Starts with the first {@link take}. */
  constructor(pages: Iterable<LocalPage | RemotePage>, { bring, signal }: AheadOptions) {
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    this.#bring = bring;
    this.#pages = pMapIterable(pages, (page) => this.#one(page, stop), {
      concurrency: CONNECTIONS,
      backpressure: Infinity,
    })[Symbol.asyncIterator]();
  }

  #one(page: LocalPage | RemotePage, lastTry: AbortSignal): Promise<LocalPage> {
    const bringing = (this.#first ?? Promise.resolve()).then(() => {
      lastTry.throwIfAborted();
      return this.#bring(page, lastTry);
    });
    const settled = bringing.then(() => {}, (error) => this.#stop.abort(error))
      .finally(() => this.#underWay.delete(settled));
    this.#underWay.add(settled);
    this.#first ??= settled;
    return bringing;
  }

  /** Returns the next pages; throws the first error, or the reason of the signal. */
  async take(count: number): Promise<LocalPage[]> {
    const pages: LocalPage[] = [];
    try {
      while (pages.length < count) {
        const { value, done } = await this.#pages.next();
        if (done) break;
        pages.push(value);
      }
      return pages;
    } catch (error) {
      throw this.#stop.signal.aborted ? this.#stop.signal.reason : error;
    }
  }

  /** Stops, and waits until all writes have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
  }
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
        message: `Built batch ${batch.index}, ${peopleCount(people.received)}`,
        data: { batch: batch.index, pages: pages.length, ...people, ms: effects.now() - began },
      }));
  }
  await pool.finish();
  const staged = await Promise.all(folders.map(readStaged));
  checkRepeats(staged);
  return staged;
}
