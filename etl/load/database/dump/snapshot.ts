// Makes a snapshot that a session and a dump program share.
import { type Database, numberOf } from "../connection/session.ts";
import { connect } from "../connection/connect.ts";
import type { Target } from "../connection/url.ts";
import { PRODUCTS, sql, textOf } from "../ddl/builder.ts";
import { tablesOf } from "./contents.ts";

/** Seconds to wait for writers before the tables are locked briefly. */
const LOCK_SECONDS = 60;

const QUERIES = {
  postgres: {
    version: "show server_version",
    size: "select pg_database_size(current_database())",
  },
  mysql: {
    version: "select version()",
    size: `select coalesce(sum(data_length), 0) from information_schema.tables
  where table_schema = database()`,
  },
} as const;

async function one(database: Database, query: string): Promise<string> {
  const [row] = await database.rows(query);
  return String(row?.[0]);
}

/** Returns the product and version of a server, and the size of the database. */
export async function describeServer(
  database: Database,
): Promise<{ readonly server: string; readonly bytes: number }> {
  const { version, size } = QUERIES[database.flavour === "postgres" ? "postgres" : "mysql"];
  return {
    server: `${PRODUCTS[database.flavour]} ${await one(database, version)}`,
    bytes: await numberOf(database, size) ?? 0,
  };
}

/** Begins a PostgreSQL transaction and exports its snapshot for `pg_dump --snapshot`. */
export async function exportSnapshot(database: Database): Promise<string> {
  await database.run("begin transaction isolation level repeatable read, read only");
  return await one(database, "select pg_export_snapshot()");
}

/** Begins a MySQL transaction while tables are locked for writers; disposing unlocks them. */
export async function holdSnapshot(database: Database, target: Target): Promise<AsyncDisposable> {
  await database.run("set session transaction isolation level repeatable read");
  const holder = await connect(target, "dump");
  await holder.run(`set session lock_wait_timeout = ${LOCK_SECONDS}`);
  const tables = (await tablesOf(holder)).map(({ name }) => sql`${sql.id(name)} read`);
  if (tables.length > 0) {
    await holder.run(textOf(sql`lock tables ${sql.join(tables)}`, holder.flavour));
  }
  await database.run("start transaction with consistent snapshot");
  return holder;
}

const GRANTED = `select distinct r.rolname from pg_shdepend d join pg_roles r on r.oid = d.refobjid
  where d.refclassid = 'pg_authid'::regclass and d.deptype in ('a', 'r')
    and d.dbid = (select oid from pg_database where datname = current_database()) order by 1`;

/** Lists roles with grants: a server without these roles cannot restore the grants. */
export async function grantedRoles({ rows }: Database): Promise<string[]> {
  return (await rows(GRANTED)).map(([role]) => String(role));
}

export async function missingRoles(
  { rows }: Database,
  roles: readonly string[],
): Promise<string[]> {
  const there = (await rows("select rolname from pg_roles")).map(([name]) => String(name));
  return roles.filter((role) => !there.includes(role));
}
