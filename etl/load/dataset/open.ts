import { SCHEMA_VERSION } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import { unless } from "../../common/missing.ts";
import { type ForgottenIds, readForgotten, writeForgotten } from "./forgotten.ts";
import { makeFolder, openToWrite } from "./files.ts";
import { encodeIds, idsSize, sortIds } from "./ids.ts";
import { checkIntact, checkSize, checksumOf, readPart } from "./intact.ts";
import { committedTables, idsPath, layout, numberOf } from "./paths.ts";
import { type Manifest, manifestText, NewerManifestError, readManifest } from "./manifest.ts";

export interface Dataset {
  readonly tables: string;
  readonly manifest: Manifest;
}

/** Attempts to open while a commit replaces the tables. */
export const LOOKS = 5;

/** Milliseconds between attempts; the two renames take less than one. */
export const BETWEEN_LOOKS = 20;

/** Returns the folder of the committed tables. Throws a `DestinationError` if there is none. */
export async function requireTables(root: string, { step = "open" } = {}): Promise<string> {
  const tables = await committedTables(root);
  if (tables !== undefined) return tables;
  throw new DestinationError(`Cannot find tables in ${root}: nothing was committed there`, {
    step,
    next: { code: "no_dataset", data: root },
    transient: true,
  });
}

/** Opens a dataset without a lock, so that writers do not delay readers. */
export async function openDataset(root: string): Promise<Dataset> {
  for (let looks = 1;; looks++) {
    try {
      const tables = await requireTables(root);
      return { tables, manifest: await readManifest(tables) };
    } catch (error) {
      const again = error instanceof DestinationError && error.transient && looks < LOOKS;
      if (!again) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
  }
}

interface Reading {
  readonly dataset: Dataset;
  readonly step: string;
}

/** Throws a transient error if a run has replaced the tables, which is not damage. */
export async function requireCurrent(
  root: string,
  { dataset: { tables, manifest }, step, cause }: Reading & { readonly cause?: unknown },
): Promise<void> {
  const after = await openDataset(root);
  if (after.tables === tables && manifestText(after.manifest) === manifestText(manifest)) return;
  throw new DestinationError(`Cannot use ${tables}: another run has just replaced it`, {
    step,
    next: "Run it again",
    cause,
    transient: true,
  });
}

/** Reads, then applies {@link requireCurrent}, even if reading fails. */
export async function readUnchanged<T>(
  root: string,
  { read, ...reading }: Reading & { readonly read: () => Promise<T> },
): Promise<T> {
  const [ended] = await Promise.allSettled([read()]);
  const cause = ended.status === "rejected" ? ended.reason : undefined;
  await requireCurrent(root, { ...reading, cause });
  if (ended.status === "rejected") throw cause;
  return ended.value;
}

export interface CommittedState {
  /** `undefined` if there are no tables, or if unusable ones will be replaced. */
  readonly dataset: Dataset | undefined;
  readonly forgotten: ForgottenIds;
}

export type Mode = "replace" | "append";

export async function checkParts({ tables, manifest }: Dataset): Promise<void> {
  const parts = Object.values(manifest.tables).flatMap((table) => table.parts);
  for (const part of parts) await checkSize(`${tables}/${part.file}`, part);
}

// Refuses damage before an append spends hours; adds checksums of ids that older versions lack.
async function checkFiles({ tables, manifest }: Dataset): Promise<void> {
  await checkParts({ tables, manifest });
  for (const part of manifest.tables.users.parts) {
    const path = `${tables}/${idsPath(numberOf(part.file), manifest.format)}`;
    await checkSize(path, { bytes: idsSize(part.rows) });
    if (part.ids !== undefined) continue;
    const users = await readPart(`${tables}/${part.file}`, { table: "users", part });
    const ids = checksumOf(encodeIds(sortIds(users.columns["user_id"] as Uint8Array)));
    await checkIntact(path, ids);
    part.ids = ids.sha256;
  }
}

/** Opens for writing: a run can replace unusable tables, but not tables of a newer debr. */
export async function openForWriting(root: string, mode: Mode): Promise<CommittedState> {
  const tables = await committedTables(root);
  const isReplaced = (error: unknown) =>
    mode === "replace" && error instanceof DestinationError &&
    !(error instanceof NewerManifestError);
  const manifest = tables === undefined
    ? undefined
    : await unless(isReplaced, readManifest(tables));
  const forgotten = await readForgotten(root, tables === undefined ? tables : { tables, manifest });
  await writeForgotten(root, forgotten);
  if (tables === undefined || manifest === undefined) return { dataset: undefined, forgotten };
  const dataset = { tables, manifest };
  if (mode === "replace") return { dataset, forgotten };
  if (manifest.schema !== SCHEMA_VERSION) {
    throw new DestinationError(
      `Cannot add to ${tables}: schema ${manifest.schema} is older than ${SCHEMA_VERSION}`,
      { step: "open", next: { code: "schema_older" } },
    );
  }
  await checkFiles(dataset);
  return { dataset, forgotten };
}

/** The lock belongs to the open file, so it ends with its process. */
export async function lockDataset(root: string): Promise<Disposable> {
  const { lock: path } = layout(root);
  await makeFolder(root);
  const file = await openToWrite(path, { create: true });
  if (!await file.tryLock(true)) {
    file.close();
    throw new DestinationError(`Cannot write ${root}: another run is writing it`, {
      step: "lock",
      next: { code: "dataset_locked" },
      transient: true,
    });
  }
  // Unlocks first, because a starting child process may have a copy of the file.
  const release = () => {
    try {
      file.unlockSync();
    } catch {
      // Some systems refuse to unlock; closing the file also unlocks it.
    }
    file.close();
  };
  return { [Symbol.dispose]: release };
}
