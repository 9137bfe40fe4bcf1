// MySQL and MariaDB: a compressed dump by `mysqldump` or `mariadb-dump`. The counts and hashes come
// from the same snapshot as the dump.
import {
  clientCall,
  connect,
  describeServer,
  holdSnapshot,
  mysqlDumpOptions,
  prepareSession,
  programsFor,
  readContents,
  type Target,
} from "../load/database/mod.ts";
import type { BackupSource } from "./backup.ts";
import { databaseName, type Restorer } from "./dump.ts";
import type { Chunks } from "./store.ts";
import { together } from "./together.ts";
import { feed, findTool, output } from "./tools.ts";

/** The object's name in a backup. */
const DUMP = "database.sql.gz";

/** The first output after the dump's transaction has begun. */
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

function gzip(chunks: Chunks): Chunks {
  return ReadableStream.from(chunks).pipeThrough(new CompressionStream("gzip"));
}

export function mysqlSource(target: Target): BackupSource {
  return {
    kind: target.kind,
    fingerprint: undefined,
    send: async (sink) => {
      await using database = await connect(target, "dump");
      const tool = await findTool(programsFor(database, "dump"), target.kind);
      await prepareSession(database);
      const { server, bytes } = await describeServer(database);
      const { args, env } = await clientCall(database, { tool, target });
      const held = await holdSnapshot(database, target);
      let released: PromiseLike<void> | undefined;
      const release = () => void (released ??= held[Symbol.asyncDispose]());
      const invocation = {
        program: tool.program,
        args: [...args, ...mysqlDumpOptions(tool), target.database],
        env,
        target,
        action: "back up",
      };
      const dump = (signal: AbortSignal) =>
        gzip(announced(output({ ...invocation, signal }), release));
      const tables = await together(sink.signal, {
        send: (signal) => sink.send(DUMP, dump(signal), { bytes }),
        count: (signal) => readContents(database, signal),
      }).finally(async () => {
        release();
        await released;
      });
      const name = databaseName(target);
      return { source: { kind: target.kind, name, server, tool: tool.version }, tables };
    },
  };
}

export const MYSQL: Restorer = {
  dump: DUMP,
  transactional: false,
  restore: async ({ database, target, chunks, signal }) => {
    const tool = await findTool(programsFor(database, "restore"), target.kind);
    const { args, env } = await clientCall(database, { tool, target });
    const plain = ReadableStream.from(chunks).pipeThrough(new DecompressionStream("gzip"));
    await feed({
      program: tool.program,
      args: [...args, `--database=${target.database}`],
      env,
      target,
      action: "restore into",
      signal,
    }, plain);
    return { missingRoles: [] };
  },
};
