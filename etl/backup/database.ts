import { plural } from "../common/counts.ts";
import { DestinationError, UsageError } from "../common/errors.ts";
import {
  connect,
  countThings,
  type Database,
  dropScratch,
  makeScratch,
  prepareSession,
  readContents,
  sweepScratch,
  type Target,
} from "../load/database/mod.ts";
import { damagedIn, type Good, readObject } from "./catalog.ts";
import { dumpName, type Restored, restoreDump } from "./dump.ts";
import { DamagedError, differences, type Source } from "./manifest.ts";
import { drain, type Store } from "./store.ts";

interface DatabaseRestore {
  readonly store: Store;
  readonly entry: Good;
  readonly target: Target;
  readonly signal: AbortSignal;
}

export function fitsDatabase({ kind: wanted }: Target): (source: Source) => boolean {
  return ({ kind }) => kind !== "dataset" && (kind === "postgres") === (wanted === "postgres");
}

function refuseMisfit(entry: Good, target: Target): void {
  const { kind } = entry.manifest.source;
  if (fitsDatabase(target)(entry.manifest.source)) return;
  throw new UsageError(
    `Cannot restore ${entry.id} into ${target.label}: it is a backup of ${kind}`,
    {
      step: "restore",
      next: kind === "dataset"
        ? { code: "backup_of_dataset" }
        : { code: "backup_of_database", kind },
    },
  );
}

async function refuseOthers(database: Database, target: Target): Promise<void> {
  const others = await countThings(database);
  if (others === 0) return;
  const objects = `${plural(others, "object")} (tables, views, functions)`;
  throw new DestinationError(
    `Cannot restore into ${target.label}: it is not empty, it has ${objects}`,
    { step: "restore", next: { code: "database_not_empty" } },
  );
}

async function compare({ entry, target, signal }: DatabaseRestore): Promise<void> {
  await using database = await connect(target);
  await prepareSession(database);
  const found = differences(entry.manifest.tables, await readContents(database, signal));
  if (found.length === 0) return;
  throw new DamagedError(
    `Cannot trust ${target.label}, restored from ${entry.id}: ${found.join("; ")}`,
    { step: "restore", next: "Do not use it. Restore another backup into a new database" },
  );
}

/** Restores into an empty database. Throws a {@link DamagedError} if the contents differ. */
export async function restoreDatabase(job: DatabaseRestore): Promise<Restored> {
  const { store, entry: { id, manifest }, target, signal } = job;
  refuseMisfit(job.entry, target);
  const object = manifest.objects.find(({ name }) => name === dumpName(target));
  if (object === undefined) {
    throw damagedIn(store, id, `${dumpName(target)} is not in the manifest`);
  }
  await using database = await connect(target);
  await refuseOthers(database, target);
  // Checks the whole dump first where a failed restore is not rolled back.
  if (target.kind !== "postgres") await drain(await readObject(store, { id, object }));
  const chunks = await readObject(store, { id, object });
  const { source } = manifest;
  const restored = await restoreDump(chunks, { database, target, source, signal });
  await compare(job);
  return restored;
}

// Restores into a new database on the same server, compares, and drops it. Of the databases that
// killed verifications left, `swept` were dropped, and `left` could not be dropped.
export async function verifyDatabase(job: DatabaseRestore) {
  refuseMisfit(job.entry, job.target);
  await using server = await connect(job.target, "read");
  const { dropped: swept, refused: left } = await sweepScratch(server);
  const into = await makeScratch(server);
  const label = job.target.label.replace(/[^/]*$/, into);
  try {
    await restoreDatabase({ ...job, target: { ...job.target, database: into, label } });
  } finally {
    await dropScratch(server, into);
  }
  return { into, swept, left };
}
