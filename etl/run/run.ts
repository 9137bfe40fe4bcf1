/**
 * A whole run: source, batches, commit.
 *
 * @module
 */
import { commitBatches, type Committed } from "../load/dataset/add.ts";
import { rememberRun } from "../load/dataset/history.ts";
import { layout } from "../load/dataset/paths.ts";
import { lockDataset } from "../load/dataset/lock.ts";
import type { CommittedRequest } from "../load/dataset/manifest.ts";
import { type Before, openForWriting } from "../load/dataset/open.ts";
import { sweepRejects } from "../load/dataset/reject_files.ts";
import { abandonedRuns } from "../load/dataset/staging.ts";
import { recover } from "../load/dataset/swap.ts";
import { removeAll } from "../load/dataset/files.ts";
import { REAL } from "../common/effects.ts";
import { removeRemains, removeRun, runId, SPOOL } from "./folder.ts";
import { checkRejects } from "./limit.ts";
import { type Cause, saveRejects } from "./rejects.ts";
import type { Source } from "../extract/pages/pages.ts";
import { spooled } from "./spool.ts";
import { type ExtractOptions, type Run, stageAll } from "./stage.ts";

/** What a run did. */
export interface ExtractResult extends Committed {
  /** Rejects by cause, the most frequent first. */
  readonly causes: readonly Cause[];
  /** Path of the rejects, where there are any. */
  readonly rejects: string | undefined;
}

/** The request with the seed that was found out, where none was asked for. */
function resolvedRequest({ source, options }: Run): CommittedRequest {
  const seed = options.client?.request.seed;
  const request = seed === undefined ? source.request : { ...source.request, seed };
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      typeof value === "object" ? [...value] : value,
    ]),
  );
}

/** Names the runs that were given up; after a week they are removed. */
async function logAbandoned({ id, options: { root }, effects: { now, log } }: Run): Promise<void> {
  for (const { asked, ageMs, removed } of await abandonedRuns(root, { except: id, now: now() })) {
    const hours = Math.floor(ageMs / 3_600_000);
    const age = hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
    const what = asked === undefined
      ? "a run that had hardly begun"
      : `a run of source ${asked.request["source"]}`;
    log({
      event: "run.abandoned",
      message: `${removed ? "Removed an abandoned run" : "Not finished"}: ${what}, ${age} ago`,
      data: { age_ms: ageMs, removed },
      ...(asked && { next: { code: "run_unfinished", data: root, ...asked } }),
    });
  }
}

function logCommit({ manifest, people }: Committed, { id, effects: { now, log }, began }: Run & {
  readonly began: number;
}): void {
  log({
    event: "run.committed",
    message: `Committed ${manifest.tables.users.rows.toLocaleString("en")} people`,
    data: {
      run: id,
      users: manifest.tables.users.rows,
      ...people,
      ms: now() - began,
    },
  });
}

/** Stages the batches of a run and commits them. */
async function stageAndCommit(run: Run, before: Before): Promise<ExtractResult> {
  const { id, effects, options: { root, mode = "replace", maxRejects: max, signal } } = run;
  const began = effects.now();
  await logAbandoned(run);
  const batches = await stageAll(run);
  signal?.throwIfAborted();
  await checkRejects(batches, { root, id, max });
  const added = mode === "append" ? before.dataset?.manifest : undefined;
  const { file, known, causes } = await saveRejects(batches, { root, added });
  const committed = await commitBatches({
    root,
    mode,
    before,
    request: resolvedRequest(run),
    batches,
    rejects: file,
    knownRejects: known,
  });
  const grew = mode === "replace" || committed.people.added > 0;
  if (grew) await rememberRun(root, { ...committed, began, ended: effects.now() });
  await removeRun(run.folder);
  await sweepRejects(root, committed.manifest);
  logCommit(committed, { ...run, began });
  return { ...committed, causes, rejects: file && `${layout(root).rejects}/${file.file}` };
}

/**
 * Makes the tables what the source gives, or adds the people who are not in them yet; throws and
 * leaves them as they were when it cannot.
 */
export async function extract(asked: Source, options: ExtractOptions): Promise<ExtractResult> {
  const { root, mode = "replace", effects = REAL } = options;
  const { staging } = layout(root);
  using _lock = await lockDataset(root);
  await recover(root);
  await removeRemains(staging);
  const before = await openForWriting(root, mode);
  const spool = `${staging}/${SPOOL}`;
  try {
    const source = await spooled(asked, `${spool}/pages`);
    const id = runId(source);
    return await stageAndCommit(
      { source, options, effects, id, folder: `${staging}/${id}` },
      before,
    );
  } finally {
    await removeAll(spool);
  }
}
