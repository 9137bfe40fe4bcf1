// Brings a dump back into an empty database, and compares what is there then with what was dumped.
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
import type { BackupSource } from "./backup.ts";
import type { Good } from "./catalog.ts";
import { checked, drain } from "./chunks.ts";
import { differences } from "./contents.ts";
import type { Restored, Restorer } from "./dump.ts";
import { DamagedError, type Source } from "./manifest.ts";
import { MYSQL, mysqlSource } from "./mysql.ts";
import { POSTGRES, postgresSource } from "./postgres.ts";
import type { Chunks, Store } from "./store.ts";

/** What to restore, from where to where. */
interface DatabaseRestore {
  readonly store: Store;
  readonly entry: Good;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/** Whether a backup is of something that this kind of database can take. */
export function fitsDatabase({ kind: wanted }: Target): (source: Source) => boolean {
  return ({ kind }) => kind !== "dataset" && (kind === "postgres") === (wanted === "postgres");
}

/** Throws a `UsageError` where the backup is of something else than this kind of database. */
function refuseMisfit(entry: Good, target: Target): void {
  const { kind } = entry.manifest.source;
  if (fitsDatabase(target)(entry.manifest.source)) return;
  throw new UsageError(`Cannot restore ${entry.id} into ${target.label}: it is of ${kind}`, {
    step: "restore",
    next: kind === "dataset" ? { code: "backup_of_dataset" } : { code: "backup_of_database", kind },
  });
}

/** How to restore into a database. */
function restorerFor({ kind }: Target): Restorer {
  return kind === "postgres" ? POSTGRES : MYSQL;
}

/** A database as the source of a backup. */
export function databaseSource(target: Target): BackupSource {
  return target.kind === "postgres" ? postgresSource(target) : mysqlSource(target);
}

async function refuseOthers(database: Database, target: Target): Promise<void> {
  const others = await countThings(database);
  if (others === 0) return;
  throw new DestinationError(
    `Cannot restore into ${target.label}: it is not empty, it holds ${others} tables or other things`,
    { step: "restore", next: { code: "database_not_empty" } },
  );
}

/** The dump of a backup; who reads it sees its end only where it is as it was written. */
function openDump({ store, entry }: DatabaseRestore, name: string): () => Promise<Chunks> {
  const object = entry.manifest.objects.find((object) => object.name === name);
  const where = `${store.label}/${entry.id}/${name}`;
  const fault = (what: string) =>
    new DamagedError(`Cannot use ${where}: it ${what}`, {
      step: "restore",
      next: { code: "backup_damaged", place: store.label },
    });
  if (object === undefined) throw fault("is not in the manifest");
  return async () => {
    const chunks = await store.read(`${entry.id}/${name}`);
    if (chunks === undefined) throw fault("is not there");
    return checked(chunks, { expected: object, fault });
  };
}

/** Compares what a database holds now with what was dumped. */
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

/**
 * Restores into an empty database and compares. Throws a {@link DamagedError} where the backup or
 * what came of it is not as it should be, and a `DestinationError` where the database refuses.
 */
export async function restoreDatabase(job: DatabaseRestore): Promise<Restored> {
  const { entry, target, signal } = job;
  refuseMisfit(entry, target);
  const restorer = restorerFor(target);
  const dump = openDump(job, restorer.dump);
  let restored: Restored;
  {
    await using database = await connect(target);
    await refuseOthers(database, target);
    // Else half of a damaged dump would be in the database before that is known.
    if (!restorer.transactional) await drain(await dump());
    const { source } = entry.manifest;
    restored = await restorer.restore({ database, target, source, chunks: await dump(), signal });
  }
  await compare(job);
  return restored;
}

/** A verification that is done. */
interface VerifiedDatabase {
  /** The name that the database had. */
  readonly into: string;
  /** Databases of killed verifications that were dropped, and those that could not be. */
  readonly swept: readonly string[];
  readonly left: readonly string[];
}

/**
 * Restores into a new database beside the one that is named, compares, and drops it; drops those
 * that killed verifications have left as well.
 */
export async function verifyDatabase(job: DatabaseRestore): Promise<VerifiedDatabase> {
  refuseMisfit(job.entry, job.target);
  await using server = await connect(job.target);
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
