/**
 * A whole run: source, batches, commit.
 *
 * @module
 */
import { commit } from "../dataset/commit.ts";
import { onDisk, removeAll, writeTextDurable } from "../dataset/files.ts";
import { rememberRun } from "../dataset/history.ts";
import { layout } from "../dataset/layout.ts";
import { lockDataset } from "../dataset/lock.ts";
import type { Manifest } from "../dataset/manifest.ts";
import { readStaged, type Staged } from "../dataset/staged.ts";
import { recover } from "../dataset/swap.ts";
import { type Effects, REAL } from "../effects.ts";
import { DataError } from "../errors.ts";
import type { RandomUser } from "../random_user.ts";
import type { Batch, LocalPage, Source } from "../source/pages.ts";
import type { OnPage } from "./batch.ts";
import { PageStore } from "./fetch.ts";
import { batchFolder, removeRemains, removeRun, runId } from "./folder.ts";
import { BatchPool, type BuiltBatch } from "./pool.ts";
import { type Cause, collectRejects } from "./rejects.ts";
import { rememberSpending } from "./spent.ts";
import { logStart } from "./start.ts";

/** How many rejects a run may have: a number of people, or a share of them. */
export type MaxRejects = { readonly people: number } | { readonly share: number };

/** Options of a run. */
export interface ExtractOptions {
  /** Folder of the dataset. */
  readonly root: string;
  readonly maxRejects: MaxRejects;
  /** The client, where the source has remote pages. */
  readonly client?: RandomUser | undefined;
  /** How many batches are built side by side, default one for each core. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal;
  /** Moment in milliseconds since 1970 at which to give up fetching. */
  readonly deadline?: number;
  readonly onPage?: OnPage;
  /** Clock and log. */
  readonly effects?: Pick<Effects, "now" | "log">;
}

/** What a run did. */
export interface ExtractResult {
  readonly manifest: Manifest;
  /** Rejects by cause, the most frequent first. */
  readonly causes: readonly Cause[];
  /** Path of the rejects, where there are any. */
  readonly rejects: string | undefined;
}

interface Run {
  readonly source: Source;
  readonly options: ExtractOptions;
  readonly effects: Pick<Effects, "now" | "log">;
  /** Folder of this run in staging. */
  readonly folder: string;
  readonly id: string;
}

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

function tooMany(rejected: number, received: number, max: MaxRejects): boolean {
  // 0.29 * 100 is a little less than 29.
  const allowed = "people" in max ? max.people : Math.floor(max.share * received + 1e-6);
  return rejected > allowed;
}

function checkRejects(batches: readonly Staged[], max: MaxRejects, path: string | undefined): void {
  const sum = (count: (staged: Staged) => number) =>
    batches.reduce((total, staged) => total + count(staged), 0);
  const received = sum(({ batch }) => batch.people.received);
  const rejected = sum(({ batch }) => batch.people.rejected);
  const valid = sum(({ batch }) => batch.parts.users.rows);
  const next = path === undefined ? "Give a source that has people" : `Read why: ${path}`;
  if (valid === 0) {
    throw new DataError(
      `Commit nothing: no valid person among ${received.toLocaleString("en")}, tables unchanged`,
      { step: "validate", next },
    );
  }
  if (tooMany(rejected, received, max)) {
    throw new DataError(
      `Commit nothing: ${rejected.toLocaleString("en")} of ${
        received.toLocaleString("en")
      } people failed a rule, more than --max-rejects allows, tables unchanged`,
      { step: "validate", next: `${next}; --max-rejects 100% accepts all of them` },
    );
  }
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

async function stageAll(run: Run): Promise<Staged[]> {
  const folder = `${run.folder}/pages`;
  await onDisk(folder, () => Deno.mkdir(folder, { recursive: true }));
  await logStart(run);
  const { source: { batches }, options: { client, root, signal, onPage }, effects } = run;
  const store = client && await PageStore.open(client, run.folder);
  if (client) await rememberSpending(client, { root, now: effects.now() });
  const workers = Math.min(run.options.workers ?? navigator.hardwareConcurrency, batches.length);
  const onBatch = (built: BuiltBatch) => logBatch(built, effects);
  await using pool = new BatchPool({ workers, signal, onPage, onBatch });
  const folders = batches.map(({ index }) => batchFolder(run.folder, index));
  for (const [at, batch] of batches.entries()) {
    const folder = folders[at]!;
    if (await readStaged(folder)) continue;
    await pool.add({
      folder,
      pages: await localPages(batch, { ...run, store, signal: pool.signal }),
    });
  }
  await pool.finish();
  return await Promise.all(folders.map(readStaged)) as Staged[];
}

/** The request with the seed that was found out, where none was asked for. */
function resolvedRequest({ source, options }: Run): Manifest["requests"][number] {
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
 * Makes the tables exactly what the source gives; throws and leaves them as they were when it
 * cannot.
 */
export async function extract(source: Source, options: ExtractOptions): Promise<ExtractResult> {
  const { root, effects = REAL } = options;
  const began = effects.now();
  using _lock = await lockDataset(root);
  await recover(root);
  await removeRemains(layout(root).staging);
  const id = await runId(source);
  const { staging, rejects } = layout(root);
  const run: Run = { source, options, effects, id, folder: `${staging}/${id}` };
  const batches = await stageAll(run);
  options.signal?.throwIfAborted();
  const { lines, causes } = await collectRejects(batches.map(({ folder }) => folder));
  const path = lines === "" ? undefined : `${rejects}/${id}.ndjson`;
  if (path !== undefined) {
    await onDisk(rejects, () => Deno.mkdir(rejects, { recursive: true }));
    await writeTextDurable(path, lines);
  }
  checkRejects(batches, options.maxRejects, path);
  const manifest = await commit({ root, request: resolvedRequest(run), batches });
  await rememberRun(root, { manifest, began, ended: effects.now() });
  await removeOtherRejects(rejects, path);
  await removeRun(run.folder);
  effects.log({
    event: "run.committed",
    message: `Committed ${manifest.tables.users.rows.toLocaleString("en")} people`,
    data: {
      run: id,
      users: manifest.tables.users.rows,
      ...manifest.people,
      ms: effects.now() - began,
    },
  });
  return { manifest, causes, rejects: path };
}

/** The rejects of tables that were replaced say nothing any more. */
async function removeOtherRejects(folder: string, keep: string | undefined): Promise<void> {
  if (keep === undefined) return await removeAll(folder);
  for await (const { name } of Deno.readDir(folder)) {
    if (`${folder}/${name}` !== keep) await removeAll(`${folder}/${name}`);
  }
}
