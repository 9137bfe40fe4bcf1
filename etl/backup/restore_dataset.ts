// Fetches every file into a temporary folder, verifies the dataset there and moves it into place.
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
import { plural } from "../common/counts.ts";
import { DestinationError } from "../common/errors.ts";
import { damagedIn, type Good, isGood, readCatalog, readObject } from "./catalog.ts";
import { contentsOf } from "./dataset.ts";
import { differences } from "./manifest.ts";
import { abortable, forEachFile, readSmall, type Store } from "./store.ts";

interface DatasetRestore {
  readonly store: Store;
  readonly entry: Good;
  readonly root: string;
  readonly signal: AbortSignal;
}

async function fetchDataset({ store, entry, root, signal }: DatasetRestore): Promise<Dataset> {
  await forEachFile(entry.manifest.objects, {
    signal,
    work: async (object, signal) => {
      const chunks = await readObject(store, { id: entry.id, object });
      const path = `${root}/${object.name}`;
      await makeFolder(path.slice(0, path.lastIndexOf("/")));
      await writeChunks(path, abortable(chunks, signal));
    },
  });
  const { faults: [first, ...others] } = await verify(root, { restored: true, signal });
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `, and ${plural(others.length, "more fault")}`;
    throw damagedIn(store, entry.id, `${first.file.slice(root.length + 1)} ${first.what}${more}`);
  }
  const dataset = await openDataset(root);
  const different = differences(entry.manifest.tables, contentsOf(dataset.manifest));
  if (different.length > 0) throw damagedIn(store, entry.id, different.join("; "));
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

/** Completes an interrupted restore; returns whether it was of this backup. */
async function finishEarlier({ root, entry }: DatasetRestore): Promise<boolean> {
  const id = await recover(root);
  if (id === undefined || id === entry.id) return id !== undefined;
  throw new DestinationError(
    `Cannot restore into ${root}: an interrupted restore of ${id} was completed there instead`,
    { step: "restore", next: { code: "restore_finished", data: root } },
  );
}

// Restores into an empty folder without forgotten people, or completes an interrupted restore of
// this backup. Returns the number of people who were left out.
export async function restoreDataset(job: DatasetRestore): Promise<number> {
  const { root, entry } = job;
  using _ = await lockDataset(root);
  if (await finishEarlier(job)) return 0;
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

// Restores into a new folder, compares, and removes it and folders of killed verifications. Counts
// the people in the backup who were forgotten later.
export async function verifyDataset(job: DatasetRestore) {
  await makeFolder(job.root);
  const swept = await sweepVerifications(job.root);
  const place = { dir: job.root, prefix: VERIFY_PREFIX };
  const into = await onDisk(job.root, () => Deno.makeTempDir(place));
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
