/**
 * Stages a run: brings its pages here and builds its batches side by side, as far as an earlier run
 * of the same request has not done so.
 *
 * @module
 */
import { readStaged, type Staged } from "../dataset/staged.ts";
import { openStaging } from "../dataset/staging.ts";
import type { Effects } from "../effects.ts";
import type { Batch, LocalPage } from "../source/pages.ts";
import { PageStore } from "./fetch.ts";
import { batchFolder } from "./folder.ts";
import { BatchPool, type BuiltBatch } from "./pool.ts";
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

async function logBatch({ task, ms }: BuiltBatch, { log }: Pick<Effects, "log">): Promise<void> {
  const staged = await readStaged(task.folder);
  if (staged === undefined) return;
  const { people } = staged.batch;
  const batch = Number(task.folder.slice(-5));
  log({
    event: "batch.built",
    message: `Built batch ${batch}, ${people.received.toLocaleString("en")} people`,
    data: { batch, pages: task.pages.length, ...people, ms },
  });
}

/** Stages all batches of a run, in the order of their pages. */
export async function stageAll(run: Run): Promise<Staged[]> {
  const { source: { batches, request }, options: { client, root, signal, onPage }, effects } = run;
  await openStaging(run.folder, { request, root });
  await logStart(run);
  const store = client && await PageStore.open(client, run.folder);
  if (client) await rememberSpending(client, { root, now: effects.now() });
  const workers = Math.min(run.options.workers ?? navigator.hardwareConcurrency, batches.length);
  const onBatch = (built: BuiltBatch) => logBatch(built, effects);
  await using pool = new BatchPool({ workers, signal, onPage, onBatch });
  const folders = batches.map(({ index }) => batchFolder(run.folder, index));
  for (const [at, batch] of batches.entries()) {
    const folder = folders[at]!;
    if (await readStaged(folder)) continue;
    const pages = await localPages(batch, { ...run, store, signal: pool.signal });
    await pool.add({ folder, pages });
  }
  await pool.finish();
  return await Promise.all(folders.map(readStaged)) as Staged[];
}
