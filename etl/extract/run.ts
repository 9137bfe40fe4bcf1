/**
 * A whole run: source, batches, commit.
 *
 * @module
 */
import { commit } from "../dataset/commit.ts";
import { onDisk, removeAll, sha256, writeTextDurable } from "../dataset/files.ts";
import { layout } from "../dataset/layout.ts";
import { lockDataset } from "../dataset/lock.ts";
import type { Manifest } from "../dataset/manifest.ts";
import { readStaged, type Staged } from "../dataset/staged.ts";
import { recover } from "../dataset/swap.ts";
import { DataError } from "../errors.ts";
import type { RandomUser } from "../random_user.ts";
import type { Batch, LocalPage, Source } from "../source/pages.ts";
import { VERSION } from "../version.ts";
import type { OnPage } from "./batch.ts";
import { stagePage } from "./fetch.ts";
import { BatchPool } from "./pool.ts";
import { type Cause, collectRejects } from "./rejects.ts";

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
  readonly onPage?: OnPage;
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
  /** Folder of this run in staging. */
  readonly folder: string;
  readonly id: string;
}

/** Names a run by what it asks for, so that the same command finds what an earlier one left. */
async function runId({ request, fingerprint }: Source): Promise<string> {
  const text = JSON.stringify([VERSION, request, fingerprint]);
  return (await sha256(new TextEncoder().encode(text))).slice(0, 16);
}

async function localPages(
  batch: Batch,
  { options: { client }, folder, signal }: Run & { readonly signal: AbortSignal },
): Promise<LocalPage[]> {
  const pages: LocalPage[] = [];
  for (const page of batch.pages) {
    if (page.kind !== "api") pages.push(page);
    else if (client) {
      pages.push(await stagePage({ client, folder: `${folder}/pages` }, { ...page, signal }));
    }
  }
  return pages;
}

function tooMany(rejected: number, received: number, max: MaxRejects): boolean {
  return "people" in max ? rejected > max.people : rejected > max.share * received;
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

async function stageAll(run: Run): Promise<Staged[]> {
  await onDisk(run.folder, () => Deno.mkdir(`${run.folder}/pages`, { recursive: true }));
  const { source: { batches }, options: { signal, onPage } } = run;
  const workers = Math.min(run.options.workers ?? navigator.hardwareConcurrency, batches.length);
  await using pool = new BatchPool({ workers, signal, onPage });
  const folders = batches.map(({ index }) =>
    `${run.folder}/batch-${String(index).padStart(5, "0")}`
  );
  for (const [at, batch] of batches.entries()) {
    const folder = folders[at]!;
    if (await readStaged(folder)) continue;
    await pool.add({ folder, pages: await localPages(batch, { ...run, signal: pool.signal }) });
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
  const { root } = options;
  using _lock = await lockDataset(root);
  await recover(root);
  const id = await runId(source);
  const { staging, rejects } = layout(root);
  const run: Run = { source, options, id, folder: `${staging}/${id}` };
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
  await removeOtherRejects(rejects, path);
  await removeAll(run.folder);
  return { manifest, causes, rejects: path };
}

/** The rejects of tables that were replaced say nothing any more. */
async function removeOtherRejects(folder: string, keep: string | undefined): Promise<void> {
  if (keep === undefined) return await removeAll(folder);
  for await (const { name } of Deno.readDir(folder)) {
    if (`${folder}/${name}` !== keep) await removeAll(`${folder}/${name}`);
  }
}
