// Restores a dump into an empty database, and compares the result with the manifest.
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
import type { Restored, Restorer } from "./dump.ts";
import { DamagedError, differences, type Source } from "./manifest.ts";
import { MYSQL, mysqlSource } from "./mysql.ts";
import { POSTGRES, postgresSource } from "./postgres.ts";
import type { Chunks, Store } from "./store.ts";

interface DatabaseRestore {
  readonly store: Store;
  readonly entry: Good;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/** Returns a test for backups that this kind of database can restore. */
export function fitsDatabase({ kind: wanted }: Target): (source: Source) => boolean {
  return ({ kind }) => kind !== "dataset" && (kind === "postgres") === (wanted === "postgres");
}

function refuseMisfit(entry: Good, target: Target): void {
  const { kind } = entry.manifest.source;
  if (fitsDatabase(target)(entry.manifest.source)) return;
  throw new UsageError(`Cannot restore ${entry.id} into ${target.label}: it is of ${kind}`, {
    step: "restore",
    next: kind === "dataset" ? { code: "backup_of_dataset" } : { code: "backup_of_database", kind },
  });
}

function restorerFor({ kind }: Target): Restorer {
  return kind === "postgres" ? POSTGRES : MYSQL;
}

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

/** Opens a dump as a stream that ends without an error only if the dump is intact. */
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
    if (chunks === undefined) throw fault("is missing");
    return checked(chunks, { expected: object, fault });
  };
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

/**
 * Restores into an empty database and compares the contents. Throws a {@link DamagedError} if the
 * backup or the result is wrong, and a `DestinationError` if the database reports an error.
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
    // Checks the whole dump first, because a failed restore cannot be rolled back.
    if (!restorer.transactional) await drain(await dump());
    const { source } = entry.manifest;
    restored = await restorer.restore({ database, target, source, chunks: await dump(), signal });
  }
  await compare(job);
  return restored;
}

interface VerifiedDatabase {
  /** The name of the dropped database. */
  readonly into: string;
  /** Dropped databases of killed verifications. `refused` ones could not be dropped. */
  readonly swept: readonly string[];
  readonly left: readonly string[];
}

/** Restores into a new database on the same server, compares, and drops it and leftovers. */
export async function verifyDatabase(job: DatabaseRestore): Promise<VerifiedDatabase> {
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
