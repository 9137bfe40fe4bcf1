// Restores a dataset: fetches every file into a temporary folder, verifies the dataset there, and
// then moves it into place.
import {
  countLeft,
  type Dataset,
  exists,
  forget,
  FORGOTTEN,
  type ForgottenIds,
  heldPieces,
  install,
  joinIds,
  layout,
  lockDataset,
  makeFolder,
  onDisk,
  openDataset,
  parseList,
  PLACES,
  readForgotten,
  recover,
  removeAll,
  sweepVerifications,
  verify,
  VERIFY_PREFIX,
  writeChunks,
  writeForgotten,
} from "../load/dataset/mod.ts";
import { DestinationError } from "../common/errors.ts";
import { type Good, isGood, readCatalog } from "./catalog.ts";
import { abortable, checked } from "./chunks.ts";
import { contentsOf } from "./dataset.ts";
import { type BackupObject, DamagedError, differences } from "./manifest.ts";
import { readSmall, type Store } from "./store.ts";

/** The number of concurrent files. */
const AT_ONCE = 4;

interface DatasetRestore {
  readonly store: Store;
  readonly entry: Good;
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
  if (chunks === undefined) throw damaged(store, where, "it is missing");
  const path = `${root}/${object.name}`;
  await makeFolder(path.slice(0, path.lastIndexOf("/")));
  const fault = (what: string) => damaged(store, where, `it ${what}`);
  await writeChunks(path, abortable(checked(chunks, { expected: object, fault }), signal));
}

/** Fetches files. If one fails, waits for the concurrent ones before it throws. */
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

/** Fetches a dataset into an empty folder and verifies it. */
async function fetchDataset(job: DatasetRestore): Promise<Dataset> {
  const { store, entry, root, signal } = job;
  const where = `${store.label}/${entry.id}`;
  await fetchFiles(job);
  const { faults: [first, ...others] } = await verify(root, { restored: true, signal });
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `, and ${others.length} more faults`;
    throw damaged(store, where, `${first.file.slice(root.length + 1)} ${first.what}${more}`);
  }
  const dataset = await openDataset(root);
  const different = differences(entry.manifest.tables, contentsOf(dataset.manifest));
  if (different.length > 0) throw damaged(store, where, different.join("; "));
  return dataset;
}

/** Reads the lists of all backups of the dataset, because some are newer than this one. */
async function forgottenInBackups({ store, entry }: DatasetRestore): Promise<ForgottenIds> {
  const { source } = entry.manifest;
  const lists: ForgottenIds[] = [];
  for (const { id, manifest } of (await readCatalog(store)).filter(isGood)) {
    const { objects, source: { kind, name } } = manifest;
    const same = kind === source.kind && name === source.name;
    if (!same || !objects.some((object) => object.name === FORGOTTEN)) continue;
    lists.push(parseList(await readSmall(store, `${id}/${FORGOTTEN}`) ?? "", `${id}/${FORGOTTEN}`));
  }
  return joinIds(...lists);
}

/** Returns the forgotten people in the lists of the folder and the backups. */
async function forgottenIn(
  job: DatasetRestore,
  { beside, dataset }: { beside: string; dataset: Dataset },
): Promise<ForgottenIds> {
  return joinIds(
    await readForgotten(job.root, undefined),
    await readForgotten(beside, dataset),
    await forgottenInBackups(job),
  );
}

async function refuseOthers(root: string): Promise<void> {
  for (const name of PLACES) {
    const path = `${root}/${name}`;
    if (!await exists(path)) continue;
    throw new DestinationError(`Cannot restore into ${root}: it is not empty, ${path} is there`, {
      step: "restore",
      next: { code: "folder_not_empty" },
    });
  }
}

function finishedOther(root: string, id: string): DestinationError {
  return new DestinationError(
    `Cannot restore into ${root}: a restore of ${id} was interrupted there, and is done now`,
    { step: "restore", next: { code: "restore_finished", data: root } },
  );
}

/**
 * Restores into an empty folder, without people who are forgotten there or in the backups, or
 * completes an interrupted install.
 *
 * Throws a {@link DamagedError} if the backup differs from what was written, and leaves no files.
 *
 * @returns the number of people who were left out.
 */
export async function restoreDataset(job: DatasetRestore): Promise<number> {
  const { root, entry } = job;
  using _ = await lockDataset(root);
  const finished = await recover(root);
  if (finished === entry.id) return 0;
  if (finished !== undefined) throw finishedOther(root, finished);
  await refuseOthers(root);
  const { restoring: beside } = layout(root);
  try {
    const dataset = await fetchDataset({ ...job, root: beside });
    await writeForgotten(beside, await forgottenIn(job, { beside, dataset }));
    const left = countLeft(heldPieces(dataset, await readForgotten(beside, dataset)));
    const forgetStaged = () => Promise.resolve([]);
    if (left > 0) await forget(beside, { userIds: [], forgetStaged });
    await install(root, entry.id);
    return left;
  } finally {
    await removeAll(beside);
  }
}

interface VerifiedDataset {
  /** The name of the removed folder. */
  readonly into: string;
  /** The number of people in the backup who were forgotten later. */
  readonly forgotten: number;
  /** Folders of killed verifications that were removed. */
  readonly swept: readonly string[];
}

/** Restores into a new folder, compares, and removes the folder and leftovers. */
export async function verifyDataset(job: DatasetRestore): Promise<VerifiedDataset> {
  await makeFolder(job.root);
  const swept = await sweepVerifications(job.root);
  const into = await onDisk(
    job.root,
    () => Deno.makeTempDir({ dir: job.root, prefix: VERIFY_PREFIX }),
  );
  try {
    // The lock shows other processes that this folder is in use.
    using _ = await lockDataset(into);
    const dataset = await fetchDataset({ ...job, root: into });
    const ids = await forgottenIn(job, { beside: into, dataset });
    return { into, swept, forgotten: countLeft(heldPieces(dataset, ids)) };
  } finally {
    await removeAll(into);
  }
}
