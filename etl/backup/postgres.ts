/**
 * PostgreSQL: `pg_dump` in its custom format, of exactly the rows that are counted and hashed.
 *
 * @module
 */
import { sql, textOf } from "../load/database/ddl/builder.ts";
import { connect } from "../load/database/connection/connect.ts";
import { type Database, numberOf } from "../load/database/connection/session.ts";
import type { Target } from "../load/database/connection/url.ts";
import type { BackupSource } from "./backup.ts";
import { prepareSession, readContents } from "./contents.ts";
import { databaseName, type Restorer } from "./database.ts";
import type { Source } from "./manifest.ts";
import { together } from "./together.ts";
import { feed, findTool, type Invocation, output } from "./tools.ts";

/** Name of the dump in a backup. */
export const POSTGRES_DUMP = "database.dump";

/** What libpq reads; nothing of it stands on a command line. */
function environment(target: Target): Record<string, string> {
  const { host, port, user, password, database, sslmode, caFile } = target;
  return {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: sslmode,
    PGAPPNAME: "debr",
    PGCONNECT_TIMEOUT: "15",
    ...(caFile === undefined ? {} : { PGSSLROOTCERT: caFile }),
  };
}

/** Roles that were granted something in this database: a server without them cannot grant it. */
const GRANTED = `select distinct r.rolname from pg_shdepend d join pg_roles r on r.oid = d.refobjid
  where d.refclassid = 'pg_authid'::regclass and d.deptype in ('a', 'r')
    and d.dbid = (select oid from pg_database where datname = current_database()) order by 1`;

async function one(database: Database, query: string): Promise<string> {
  const [row] = await database.rows(query);
  return String(row?.[0]);
}

async function describe(database: Database, { target, tool }: { target: Target; tool: string }) {
  const roles = (await database.rows(GRANTED)).map(([role]) => String(role));
  const version = await one(database, "show server_version");
  const source: Source = {
    kind: "postgres",
    name: databaseName(target),
    server: `PostgreSQL ${version}`,
    tool,
    roles,
  };
  return source;
}

/** A database of PostgreSQL to back up. */
export function postgresSource(target: Target): BackupSource {
  return {
    kind: "postgres",
    fingerprint: undefined,
    send: async (sink) => {
      const tool = await findTool(["pg_dump"], target.kind);
      await using database = await connect(target);
      await prepareSession(database);
      await database.run("begin transaction isolation level repeatable read, read only");
      const snapshot = await one(database, "select pg_export_snapshot()");
      const bytes = await numberOf(database, "select pg_database_size(current_database())") ?? 0;
      const invocation = {
        program: tool.program,
        args: ["--format=custom", "--no-password", `--snapshot=${snapshot}`],
        env: environment(target),
        target,
        action: "back up",
      };
      const source = await describe(database, { target, tool: tool.version });
      // The snapshot lives as long as this session, which counts in it meanwhile.
      const tables = await together(sink.signal, {
        send: (signal) => sink.send(POSTGRES_DUMP, output({ ...invocation, signal }), { bytes }),
        count: (signal) => readContents(database, signal),
      });
      return { source, tables };
    },
  };
}

/** Roles that the dump grants something to and the server does not have. */
async function missingRoles(database: Database, roles: readonly string[]): Promise<string[]> {
  const there = (await database.rows("select rolname from pg_roles")).map(([name]) => String(name));
  return roles.filter((role) => !there.includes(role));
}

/** Brings dumps of PostgreSQL back: all of it in one transaction, or nothing. */
export const POSTGRES: Restorer = {
  dump: POSTGRES_DUMP,
  countOthers: `select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
        and d.objid = c.oid and d.deptype = 'e')`,
  createScratch: (name) =>
    textOf(sql`create database ${sql.id(name)} template template0`, "postgres"),
  dropScratch: (name) =>
    textOf(sql`drop database if exists ${sql.id(name)} with (force)`, "postgres"),
  transactional: true,
  restore: async ({ database, target, source, chunks, signal }) => {
    const tool = await findTool(["pg_restore"], target.kind);
    const missing = await missingRoles(database, source.roles ?? []);
    const invocation: Invocation = {
      program: tool.program,
      args: [
        ...["--single-transaction", "--exit-on-error", "--no-owner", "--no-password"],
        ...(missing.length === 0 ? [] : ["--no-privileges"]),
        `--dbname=${target.database}`,
      ],
      env: environment(target),
      target,
      action: "restore into",
      signal,
    };
    await feed(invocation, chunks);
    return { missingRoles: missing };
  },
};
