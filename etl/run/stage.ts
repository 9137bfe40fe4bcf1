// Stages a run: brings its pages here and builds its batches side by side, as far as an earlier run
// of the same request has not done so.
import { number } from "../common/counts.ts";
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
import { type Bring, PagesAhead } from "./ahead.ts";
import type { OnPage } from "./batch.ts";
import { PageStore } from "./fetch.ts";
import type { MaxRejects } from "./limit.ts";
import { batchFolder } from "./folder.ts";
import { repeatedPage } from "../extract/pages/repeat.ts";
import { WorkPool } from "./pool.ts";
import { rememberSpending } from "./spent.ts";
import { logStart } from "./start.ts";

/** Options of a run. */
export interface ExtractOptions {
  /** Folder of the dataset. */
  readonly root: string;
  readonly maxRejects: MaxRejects;
  /** What becomes of the tables that are there, default `replace`. */
  readonly mode?: Mode;
  /** Whether made-up people may replace others, default `false`. */
  readonly replaceOther?: boolean;
  /** The client, where the source has remote pages. */
  readonly client?: RandomUser | undefined;
  /** How many batches are built side by side, default one for each core. */
  readonly workers?: number | undefined;
  /** Removes first what unfinished runs have left, this one among them. */
  readonly restart?: boolean | undefined;
  readonly signal?: AbortSignal;
  /** Moment in milliseconds since 1970 at which to give up fetching. */
  readonly deadline?: number;
  readonly onPage?: OnPage;
  /** Clock and log. */
  readonly effects?: Pick<Effects, "now" | "log">;
}

/** A run under way. */
export interface Run {
  readonly source: Source;
  readonly options: ExtractOptions;
  readonly effects: Pick<Effects, "now" | "log">;
  /** Folder of this run in staging. */
  readonly folder: string;
  readonly id: string;
  /** Moment in milliseconds since 1970. */
  readonly began: number;
}

/** How a page comes here: one on disk is here, one of the API is fetched. */
async function bringer(
  { options: { client, deadline, signal }, folder, effects: { log } }: Run,
): Promise<Bring> {
  const store = client && await PageStore.open(client, { folder, log });
  const patience = { ...(signal && { signal }), ...(deadline !== undefined && { deadline }) };
  return async (page, lastTry) => {
    if (page.kind !== "api") return page;
    if (store === undefined) throw new TypeError("pages of the API need a client");
    return await store.stage(page, { ...patience, lastTry });
  };
}

/** Refuses landed pages of the API that have the same people: no machine saw those of all others. */
function checkRepeats(staged: readonly Staged[]): void {
  const seen = new Map<string, string>();
  for (const { page, digest } of staged.flatMap(({ batch }) => batch.pages)) {
    if (digest === undefined) continue;
    const other = seen.get(digest);
    if (other !== undefined) throw repeatedPage(page, `it has the people of ${other}`);
    seen.set(digest, page);
  }
}

/** Whether pages to come would be of another seed than those of batches that are there. */
function isSeedLost(client: RandomUser | undefined): boolean {
  return client !== undefined && client.request.seed === undefined &&
    client.request.gender === undefined;
}

// Whether an earlier run has left a batch that can be taken: each file of it as it was written. One
// that a crash of the machine has damaged is removed, to be built again.
async function isBuilt(
  { folder: run, effects, options: { client } }: Run,
  batch: number,
): Promise<boolean> {
  const folder = batchFolder(run, batch);
  if (!await exists(folder)) return false;
  try {
    if (isSeedLost(client)) {
      throw new DestinationError("the seed of its pages is lost", { step: "stage" });
    }
    await readLeft(folder);
    return true;
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    await removeAll(folder);
    effects.log({
      event: "batch.damaged",
      message: `Building batch ${batch} again, it was damaged: ${error.message}`,
      data: { batch },
    });
    return false;
  }
}

/** Stages all batches of a run, in the order of their pages. */
export async function stageAll(run: Run): Promise<Staged[]> {
  const { source: { batches, request }, options, effects } = run;
  const { client, root, signal, onPage, mode = "replace" } = options;
  await openStaging(run.folder, { request, mode });
  await logStart(run);
  if (client) await rememberSpending(client, { root, now: effects.now() });
  const folders = batches.map(({ index }) => batchFolder(run.folder, index));
  const bring = await bringer(run);
  const built = await Promise.all(batches.map(({ index }) => isBuilt(run, index)));
  const missing = batches.filter((_, at) => !built[at]);
  const workers = Math.min(run.options.workers ?? navigator.hardwareConcurrency, missing.length);
  await using pool = new WorkPool({ workers, signal, onPage });
  await using ahead = new PagesAhead(missing.flatMap(({ pages }) => pages), {
    bring,
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
