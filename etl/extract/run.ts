/**
 * A whole run: source, batches, commit.
 *
 * @module
 */
import { commitBatches, type Committed } from "../dataset/add.ts";
import { removeAll, sha256 } from "../dataset/files.ts";
import { layout } from "../dataset/layout.ts";
import { lockDataset } from "../dataset/lock.ts";
import type { CommittedRequest } from "../dataset/manifest.ts";
import { type Mode, openForWriting } from "../dataset/open.ts";
import { sweepRejects } from "../dataset/rejects.ts";
import { type AbandonedRun, abandonedRuns, openStaging } from "../dataset/staging.ts";
import { readStaged, type Staged } from "../dataset/staged.ts";
import { recover } from "../dataset/swap.ts";
import { DataError } from "../errors.ts";
import type { RandomUser } from "../random_user.ts";
import type { Batch, LocalPage, Source } from "../source/pages.ts";
import { VERSION } from "../version.ts";
import { buildBatch, type OnPage } from "./batch.ts";
import { stagePage } from "./fetch.ts";
import { type Cause, saveRejects } from "./rejects.ts";

/** How many rejects a run may have: a number of people, or a share of them. */
export type MaxRejects = { readonly people: number } | { readonly share: number };

/** Options of a run. */
export interface ExtractOptions {
  /** Folder of the dataset. */
  readonly root: string;
  readonly maxRejects: MaxRejects;
  /** What becomes of the tables that are there, default `replace`. */
  readonly mode?: Mode;
  /** The client, where the source has remote pages. */
  readonly client?: RandomUser | undefined;
  readonly signal?: AbortSignal;
  readonly onPage?: OnPage;
  /** Told of what other runs have left behind. */
  readonly onAbandoned?: (run: AbandonedRun) => void;
}

/** What a run did. */
export interface ExtractResult extends Committed {
  /** Rejects by cause, the most frequent first. */
  readonly causes: readonly Cause[];
  /** Path of the rejects, where there are any. */
  readonly rejects: string | undefined;
}

interface Run {
  readonly source: Source;
  readonly options: ExtractOptions;
  /** Folder of this run in staging. */
  readonly folder: string;
  readonly id: string;
}

/** Names a run by what it asks for, so that the same command finds what an earlier one left. */
async function runId({ request, fingerprint }: Source): Promise<string> {
  const text = JSON.stringify([VERSION, request, fingerprint]);
  return (await sha256(new TextEncoder().encode(text))).slice(0, 16);
}

async function localPages(batch: Batch, { options, folder }: Run): Promise<LocalPage[]> {
  const { client, signal } = options;
  const pages: LocalPage[] = [];
  for (const page of batch.pages) {
    if (page.kind !== "api") pages.push(page);
    else if (client) {
      pages.push(await stagePage({ client, folder: `${folder}/pages` }, { ...page, signal }));
    }
  }
  return pages;
}

async function stageBatch(batch: Batch, run: Run): Promise<Staged> {
  const folder = `${run.folder}/batch-${String(batch.index).padStart(5, "0")}`;
  const staged = await readStaged(folder);
  if (staged) return staged;
  const pages = await localPages(batch, run);
  return { folder, batch: await buildBatch({ pages, folder }, run.options) };
}

function tooMany(rejected: number, received: number, max: MaxRejects): boolean {
  return "people" in max ? rejected > max.people : rejected > max.share * received;
}

/** Why a run must not be committed, where its rejects forbid it. */
function refusal(batches: readonly Staged[], max: MaxRejects): string | undefined {
  const sum = (count: (staged: Staged) => number) =>
    batches.reduce((total, staged) => total + count(staged), 0);
  const received = sum(({ batch }) => batch.people.received);
  const rejected = sum(({ batch }) => batch.people.rejected);
  const of = `${received.toLocaleString("en")} people`;
  if (sum(({ batch }) => batch.parts.users.rows) === 0) return `no valid person among ${of}`;
  if (!tooMany(rejected, received, max)) return undefined;
  return `${rejected.toLocaleString("en")} of ${of} failed a rule, more than --max-rejects allows`;
}

/** Throws when too many failed a rule; their rejects are kept apart from those of the tables. */
async function checkRejects(batches: readonly Staged[], { id, options }: Run): Promise<void> {
  const why = refusal(batches, options.maxRejects);
  if (why === undefined) return;
  const { root } = options;
  const { file } = await saveRejects(batches.map(({ folder }) => folder), { root, failed: id });
  const data = root === "data" ? "" : ` --data ${root}`;
  throw new DataError(`Commit nothing: ${why}, tables unchanged`, {
    step: "validate",
    next: file === undefined
      ? "Give a source that has people"
      : `Read why: deno task rejects --failed${data}; --max-rejects 100% accepts all of them`,
  });
}

async function stageAll(run: Run): Promise<Staged[]> {
  await openStaging(run.folder, { request: run.source.request, root: run.options.root });
  const batches: Staged[] = [];
  for (const batch of run.source.batches) batches.push(await stageBatch(batch, run));
  return batches;
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

/**
 * Makes the tables what the source gives, or adds the people who are not in them yet; throws and
 * leaves them as they were when it cannot.
 */
export async function extract(source: Source, options: ExtractOptions): Promise<ExtractResult> {
  const { root, mode = "replace" } = options;
  using _lock = await lockDataset(root);
  await recover(root);
  const before = await openForWriting(root, mode);
  const id = await runId(source);
  for (const left of await abandonedRuns(root, { except: id, now: Date.now() })) {
    options.onAbandoned?.(left);
  }
  const { staging, rejects: folder } = layout(root);
  const run: Run = { source, options, id, folder: `${staging}/${id}` };
  const batches = await stageAll(run);
  options.signal?.throwIfAborted();
  await checkRejects(batches, run);
  const added = mode === "append" ? before.dataset?.manifest : undefined;
  const { file, known, causes } = await saveRejects(
    batches.map(({ folder }) => folder),
    { root, added },
  );
  const committed = await commitBatches({
    root,
    mode,
    before,
    request: resolvedRequest(run),
    batches,
    rejects: file,
    knownRejects: known,
  });
  await removeAll(run.folder);
  await sweepRejects(root, committed.manifest);
  return { ...committed, causes, rejects: file && `${folder}/${file.file}` };
}
