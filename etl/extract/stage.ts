/**
 * Stages a run: brings its pages here and builds its batches side by side, as far as an earlier run
 * of the same request has not done so.
 *
 * @module
 */
import { readStaged, type Staged } from "../dataset/staged.ts";
import { openStaging } from "../dataset/staging.ts";
import type { Batch, LocalPage } from "../source/pages.ts";
import { PageStore } from "./fetch.ts";
import { batchFolder } from "./folder.ts";
import { repeatedPage } from "../validate/repeat.ts";
import { BatchPool } from "./pool.ts";
import type { Run } from "./run.ts";
import { rememberSpending } from "./spent.ts";
import { logStart } from "./start.ts";

async function localPages(
  batch: Batch,
  { options: { deadline }, store, signal }: Run & {
    readonly store: PageStore | undefined;
    readonly signal: AbortSignal;
  },
): Promise<LocalPage[]> {
  const patience = { signal, ...(deadline !== undefined && { deadline }) };
  const pages: LocalPage[] = [];
  for (const page of batch.pages) {
    if (page.kind !== "api") pages.push(page);
    else if (store) pages.push(await store.stage(page, patience));
  }
  return pages;
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

/** Stages all batches of a run, in the order of their pages. */
export async function stageAll(run: Run): Promise<Staged[]> {
  const { source: { batches, request }, options: { client, root, signal, onPage }, effects } = run;
  await openStaging(run.folder, { request, root });
  await logStart(run);
  const store = client && await PageStore.open(client, run.folder);
  if (client) await rememberSpending(client, { root, now: effects.now() });
  const workers = Math.min(run.options.workers ?? navigator.hardwareConcurrency, batches.length);
  await using pool = new BatchPool({ workers, signal, onPage });
  const folders = batches.map(({ index }) => batchFolder(run.folder, index));
  for (const [at, batch] of batches.entries()) {
    const folder = folders[at]!;
    if (await readStaged(folder)) continue;
    const pages = await localPages(batch, { ...run, store, signal: pool.signal });
    const began = effects.now();
    await pool.add({ folder, pages }, (people) =>
      effects.log({
        event: "batch.built",
        message: `Built batch ${batch.index}, ${people.received.toLocaleString("en")} people`,
        data: { batch: batch.index, pages: pages.length, ...people, ms: effects.now() - began },
      }));
  }
  await pool.finish();
  const staged = await Promise.all(folders.map(readStaged)) as Staged[];
  checkRepeats(staged);
  return staged;
}
