// PostgreSQL: `pg_dump` in its custom format. Counts and hashes come from the dump's snapshot.
import {
  clientCall,
  connect,
  describeServer,
  exportSnapshot,
  grantedRoles,
  missingRoles,
  prepareSession,
  programsFor,
  readContents,
  type Target,
} from "../load/database/mod.ts";
import type { BackupSource } from "./backup.ts";
import { databaseName, type Restorer } from "./dump.ts";
import { together } from "./together.ts";
import { feed, findTool, output } from "./tools.ts";

/** The object's name in a backup. */
const DUMP = "database.dump";

export function postgresSource(target: Target): BackupSource {
  return {
    kind: "postgres",
    fingerprint: undefined,
    send: async (sink) => {
      const tool = await findTool(programsFor({ flavour: "postgres" }, "dump"), target.kind);
      await using database = await connect(target, "dump");
      await prepareSession(database);
      const snapshot = await exportSnapshot(database);
      const { server, bytes } = await describeServer(database);
      const { args, env } = await clientCall(database, { tool, target });
      const dump = (signal: AbortSignal) =>
        output({
          program: tool.program,
          args: [...args, "--format=custom", `--snapshot=${snapshot}`],
          env,
          target,
          action: "back up",
          signal,
        });
      const roles = await grantedRoles(database);
      // The snapshot exists only while this session is open. The session counts in it.
      const tables = await together(sink.signal, {
        send: (signal) => sink.send(DUMP, dump(signal), { bytes }),
        count: (signal) => readContents(database, signal),
      });
      const name = databaseName(target);
      return { source: { kind: "postgres", name, server, tool: tool.version, roles }, tables };
    },
  };
}

/** Restores in one transaction. */
export const POSTGRES: Restorer = {
  dump: DUMP,
  transactional: true,
  restore: async ({ database, target, source, chunks, signal }) => {
    const tool = await findTool(programsFor(database, "restore"), target.kind);
    const missing = await missingRoles(database, source.roles ?? []);
    const { args, env } = await clientCall(database, { tool, target });
    await feed({
      program: tool.program,
      args: [
        ...args,
        ...["--single-transaction", "--exit-on-error", "--no-owner"],
        ...(missing.length === 0 ? [] : ["--no-privileges"]),
        `--dbname=${target.database}`,
      ],
      env,
      target,
      action: "restore into",
      signal,
    }, chunks);
    return { missingRoles: missing };
  },
};
