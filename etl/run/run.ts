import {
  abandonedRuns,
  commitBatches,
  type Committed,
  type CommittedRequest,
  type CommittedState,
  exists,
  hasProgress,
  layout,
  lockDataset,
  openForWriting,
  recover,
  rememberRun,
  removeAll,
  sweepRejects,
} from "../load/dataset/mod.ts";
import { duration, peopleCount } from "../common/counts.ts";
import { DataError, SourceError } from "../common/errors.ts";
import { isDiskFull } from "../common/system_fault.ts";
import { REAL } from "../common/effects.ts";
import { checkReplacement } from "./estimate.ts";
import { removeRemains, removeRun, requestOf, runId, SPOOL } from "./run_folder.ts";
import { type Cause, checkRejects, saveRejects } from "./rejects.ts";
import type { Source } from "../extract/pages/pages.ts";
import { spooled } from "./spool.ts";
import { type ExtractOptions, type Run, stageAll } from "./stage.ts";

export interface ExtractResult extends Committed {
  /** Causes of rejects, the most frequent first. */
  readonly causes: readonly Cause[];
  readonly rejects: string | undefined;
}

/** Reports abandoned runs, which debr removes after a week. */
async function logAbandoned({ id, options: { root }, effects: { now, log } }: Run): Promise<void> {
  for (const { asked, ageMs, removed } of await abandonedRuns(root, { except: id, now: now() })) {
    const days = Math.floor(ageMs / 86_400_000);
    const age = days < 2 ? duration(ageMs / 1000) : `${days} days`;
    const what = `a run of ${asked ? `source ${asked.request["source"]}` : "an unknown source"}`;
    log({
      event: "run.abandoned",
      message: `${removed ? "Removed an abandoned run" : "Not finished"}: ${what}, ${age} ago`,
      data: { age_ms: ageMs, removed },
      ...(asked && { next: { code: "run_unfinished", data: root, ...asked } }),
    });
  }
}

/** Whether the same source fails again on every run. */
function isFinal(error: unknown): boolean {
  if (error instanceof SourceError) return !error.transient;
  return error instanceof DataError && typeof error.next === "object" &&
    error.next.code === "nobody_valid";
}

/** Keeps what can continue: on a full disk only pages of an API, which cost time and requests. */
export async function dropFailed({ folder, options }: Run, error: unknown): Promise<void> {
  const { next, staging } = layout(options.root);
  const full = isDiskFull(error);
  try {
    if (full) await removeAll(next);
    const again = options.client === undefined && (full || isFinal(error));
    if (await exists(folder) && (again || !await hasProgress(folder))) await removeRun(folder);
    await Deno.remove(staging);
  } catch {
    // The error of the run matters more; the next run cleans up.
  }
}

/** Runs an extraction; when it throws, the tables are unchanged. */
export async function extract(asked: Source, options: ExtractOptions): Promise<ExtractResult> {
  const { root, mode = "replace", effects = REAL } = options;
  const { staging } = layout(root);
  const began = effects.now();
  using _lock = await lockDataset(root);
  await recover(root);
  await removeRemains(staging);
  const before = await openForWriting(root, mode);
  if (mode === "replace") await checkReplacement(before, { source: asked, options, effects });
  if (options.restart) await removeAll(staging);
  const spool = `${staging}/${SPOOL}`;
  try {
    const source = await spooled(asked, `${spool}/pages`);
    const id = runId(source);
    const run: Run = { source, options, effects, id, began, folder: `${staging}/${id}` };
    await logAbandoned(run);
    return await runStaged(run, before).catch(async (error) => {
      await dropFailed(run, error);
      throw error;
    });
  } finally {
    await removeAll(spool);
  }
}

async function runStaged(run: Run, before: CommittedState): Promise<ExtractResult> {
  const { id, options, effects } = run;
  const { root, mode = "replace" } = options;
  const batches = await stageAll(run);
  options.signal?.throwIfAborted();
  await checkRejects(batches, { root, id, max: options.maxRejects });
  const added = mode === "append" ? before.dataset?.manifest : undefined;
  const { file, known, causes } = await saveRejects(batches, { root, added });
  const committed = await commitBatches({
    root,
    mode,
    before,
    request: requestOf(run.source, options.client) as CommittedRequest,
    batches,
    rejects: file,
    knownRejects: known,
  });
  const grew = mode === "replace" || committed.people.added > 0;
  if (grew) await rememberRun(root, { ...committed, began: run.began, ended: effects.now() });
  await removeRun(run.folder);
  await sweepRejects(root, committed.manifest);
  const { manifest: { tables: { users } }, people } = committed;
  effects.log({
    event: "run.committed",
    message: `Committed ${peopleCount(users.rows)}`,
    data: { run: id, users: users.rows, ...people, ms: effects.now() - run.began },
  });
  return { ...committed, causes, rejects: file && `${layout(root).rejects}/${file.file}` };
}
