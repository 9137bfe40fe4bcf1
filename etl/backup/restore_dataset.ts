/**
 * Brings a dataset back: every file is fetched beside where it belongs and checked, then the whole
 * is verified as any dataset is, and only then it takes its place.
 *
 * @module
 */
import { exists, onDisk, removeAll } from "../load/dataset/files.ts";
import { committedTables, layout } from "../load/dataset/paths.ts";
import { lockDataset } from "../load/dataset/lock.ts";
import { openDataset } from "../load/dataset/open.ts";
import { verify } from "../load/dataset/verify.ts";
import { DestinationError } from "../common/errors.ts";
import type { Good } from "./catalog.ts";
import { checked } from "./chunks.ts";
import { differences } from "./contents.ts";
import { contentsOf } from "./dataset.ts";
import { type BackupObject, DamagedError } from "./manifest.ts";
import type { Store } from "./store.ts";

/** Files on their way at once. */
const AT_ONCE = 4;

/** What of a dataset is brought back, tables last: with them it is there. */
const PLACES = ["rejects", "runs.ndjson", "tables"] as const;

/** What to restore, from where to where. */
export interface DatasetRestore {
  readonly store: Store;
  readonly entry: Good;
  /** Folder of the dataset. */
  readonly root: string;
  readonly signal: AbortSignal;
}

function damaged(store: Store, where: string, what: string): DamagedError {
  return new DamagedError(`Cannot use ${where}: ${what}`, {
    step: "restore",
    next: { code: "backup_damaged", place: store.label },
  });
}

async function fetchFile(
  { store, entry, root, signal }: DatasetRestore,
  object: BackupObject,
): Promise<void> {
  const where = `${store.label}/${entry.id}/${object.name}`;
  const chunks = await store.read(`${entry.id}/${object.name}`);
  if (chunks === undefined) throw damaged(store, where, "it is not there");
  const path = `${root}/${object.name}`;
  await onDisk(path, () => Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true }));
  using file = await onDisk(path, () => Deno.open(path, { write: true, createNew: true }));
  const fault = (what: string) => damaged(store, where, `it ${what}`);
  for await (const chunk of checked(chunks, { expected: object, fault })) {
    signal.throwIfAborted();
    for (let at = 0; at < chunk.length;) {
      at += await onDisk(path, () => file.write(chunk.subarray(at)));
    }
  }
  await onDisk(path, () => file.syncData());
}

/** Fetches all files into an empty folder, some at once; waits for those under way before it fails. */
async function fetchFiles(job: DatasetRestore): Promise<void> {
  const rest = job.entry.manifest.objects.values();
  const stop = new AbortController();
  const signal = AbortSignal.any([job.signal, stop.signal]);
  const faults: unknown[] = [];
  const work = async () => {
    for (const object of rest) {
      if (signal.aborted) return;
      await fetchFile({ ...job, signal }, object).catch((error) => {
        faults.push(error);
        stop.abort();
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (faults.length > 0) throw faults[0];
  job.signal.throwIfAborted();
}

/** Fetches a dataset into an empty folder and checks all of it. */
async function fetchDataset(job: DatasetRestore): Promise<void> {
  const { store, entry, root } = job;
  const where = `${store.label}/${entry.id}`;
  await fetchFiles(job);
  const { faults: [first, ...others] } = await verify(root);
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `, and ${others.length} more faults`;
    throw damaged(store, where, `${first.file.slice(root.length + 1)} ${first.what}${more}`);
  }
  const found = contentsOf((await openDataset(root)).manifest);
  const different = differences(entry.manifest.tables, found);
  if (different.length > 0) throw damaged(store, where, different.join("; "));
}

/** Refuses a folder that holds something of a dataset. */
async function refuseOthers(root: string): Promise<void> {
  const tables = await committedTables(root);
  const places = PLACES.map((name) => `${root}/${name}`);
  const there = await Promise.all(places.map(exists));
  const [found] = [
    ...(tables === undefined ? [] : [tables]),
    ...places.filter((_, at) => there[at]),
  ];
  if (found === undefined) return;
  throw new DestinationError(`Cannot restore into ${root}: it is not empty, ${found} is there`, {
    step: "restore",
    next: { code: "folder_not_empty" },
  });
}

/**
 * Restores into a folder that holds no dataset. Throws a {@link DamagedError} where the backup is
 * not as it was written, and leaves nothing then.
 */
export async function restoreDataset(job: DatasetRestore): Promise<void> {
  const { root } = job;
  using _ = await lockDataset(root);
  await refuseOthers(root);
  // One that was interrupted may have left something there.
  const beside = `${layout(root).staging}-restore`;
  await removeAll(beside);
  try {
    await fetchDataset({ ...job, root: beside });
    for (const name of PLACES) {
      if (!await exists(`${beside}/${name}`)) continue;
      await onDisk(`${root}/${name}`, () => Deno.rename(`${beside}/${name}`, `${root}/${name}`));
    }
  } finally {
    await removeAll(beside);
  }
}

/** Restores into a new folder, compares, and removes it. Gives the name it had. */
export async function verifyDataset(job: DatasetRestore): Promise<string> {
  await onDisk(job.root, () => Deno.mkdir(job.root, { recursive: true }));
  const root = await onDisk(
    job.root,
    () => Deno.makeTempDir({ dir: job.root, prefix: ".verify-" }),
  );
  try {
    await fetchDataset({ ...job, root });
  } finally {
    await removeAll(root);
  }
  return root;
}
