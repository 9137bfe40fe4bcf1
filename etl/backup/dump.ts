// The databases' own programs make dumps; counts and hashes come from the snapshot of the dump.
import {
  clientCall,
  connect,
  type Database,
  describeServer,
  exportSnapshot,
  grantedRoles,
  holdSnapshot,
  missingRoles,
  mysqlDumpOptions,
  prepareSession,
  programsFor,
  readContents,
  type Target,
  type Tool,
} from "../load/database/mod.ts";
import type { BackupSource } from "./backup.ts";
import type { Source } from "./manifest.ts";
import { type Chunks, together } from "./store.ts";
import { feed, findTool, output } from "./tools.ts";

export function dumpName({ kind }: Target): string {
  return kind === "postgres" ? "database.dump" : "database.sql.gz";
}

/** The first output of a MySQL dump after its transaction has begun. */
const BEGUN = /-- (Table|Temporary table|Final view|Dumping) /;

/** Passes chunks on, and calls `onBegun` when the dump's transaction has begun. */
async function* announced(chunks: Chunks, onBegun: () => void): Chunks {
  const decoder = new TextDecoder();
  let head = "";
  let begun = false;
  try {
    for await (const chunk of chunks) {
      if (!begun) head += decoder.decode(chunk, { stream: true });
      if (!begun && BEGUN.test(head)) {
        begun = true;
        onBegun();
      }
      yield chunk;
    }
  } finally {
    onBegun();
  }
}

/** A snapshot that the session shares with the dump program. */
interface Snapshot extends AsyncDisposable {
  readonly args: readonly string[];
  readonly roles?: string[];
  readonly pass: (chunks: Chunks) => Chunks;
}

/** Begins a snapshot that exists until the session ends. */
async function postgresSnapshot(database: Database): Promise<Snapshot> {
  return {
    args: ["--format=custom", `--snapshot=${await exportSnapshot(database)}`],
    roles: await grantedRoles(database),
    pass: (chunks) => chunks,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Begins a snapshot, and locks the tables until the dump has begun the same one. */
async function mysqlSnapshot(
  database: Database,
  { tool, target }: { tool: Tool; target: Target },
): Promise<Snapshot> {
  const held = await holdSnapshot(database, target);
  let released: PromiseLike<void> | undefined;
  const release = () => released ??= held[Symbol.asyncDispose]();
  return {
    args: [...mysqlDumpOptions(tool), target.database],
    pass: (chunks) =>
      ReadableStream.from(announced(chunks, release)).pipeThrough(new CompressionStream("gzip")),
    [Symbol.asyncDispose]: release,
  };
}

export function databaseSource(target: Target): BackupSource {
  const { kind, host, port } = target;
  return {
    kind,
    fingerprint: undefined,
    send: async (sink) => {
      await using database = await connect(target, "dump");
      const tool = await findTool(programsFor(database, "dump"), kind);
      await prepareSession(database);
      const { server, bytes } = await describeServer(database);
      const { args, env } = await clientCall(database, { tool, target });
      await using snapshot = kind === "postgres"
        ? await postgresSnapshot(database)
        : await mysqlSnapshot(database, { tool, target });
      const call = { tool, args: [...args, ...snapshot.args], env, target, action: "back up" };
      const [, tables] = await together(sink.signal, [
        (signal) =>
          sink.send(dumpName(target), snapshot.pass(output({ ...call, signal })), { bytes }),
        (signal) => readContents(database, signal),
      ]);
      const { roles } = snapshot;
      // The URL without user and password.
      const name = `${kind}://${host}:${port}/${target.database}`;
      return {
        source: { kind, name, server, tool: tool.version, ...(roles && { roles }) },
        tables,
      };
    },
  };
}

export interface Restored {
  /** Roles that the server does not have. If there are any, all grants were skipped. */
  readonly missingRoles: readonly string[];
}

export async function restoreDump(
  chunks: Chunks,
  { database, target, source, signal }: {
    readonly database: Database;
    readonly target: Target;
    readonly source: Source;
    readonly signal: AbortSignal;
  },
): Promise<Restored> {
  const tool = await findTool(programsFor(database, "restore"), target.kind);
  const { args, env } = await clientCall(database, { tool, target });
  const call = { tool, env, target, action: "restore into", signal };
  if (target.kind !== "postgres") {
    const plain = ReadableStream.from(chunks).pipeThrough(new DecompressionStream("gzip"));
    await feed({ ...call, args: [...args, `--database=${target.database}`] }, plain);
    return { missingRoles: [] };
  }
  const missing = await missingRoles(database, source.roles ?? []);
  const options = ["--single-transaction", "--exit-on-error", "--no-owner"];
  if (missing.length > 0) options.push("--no-privileges");
  await feed({ ...call, args: [...args, ...options, `--dbname=${target.database}`] }, chunks);
  return { missingRoles: missing };
}
