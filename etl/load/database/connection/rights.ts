// The statement that grants the rights that a database says are missing.
import { sql, textOf } from "../ddl/builder.ts";
import type { Target } from "./url.ts";

export interface Session extends Target {
  /** Of PostgreSQL. */
  readonly schema?: string;
  /** The account of MySQL that the server matched, as `ada@%`. */
  readonly account?: string;
  readonly reads?: boolean;
  /** Whether a dump is to read the whole database. */
  readonly dumps?: boolean;
}

const VERIFIED = "debr_verify_";

/** Wildcards in a grant on a database of MySQL, unless escaped. */
function exactly(database: string): string {
  return database.replace(/[_%]/g, "\\$&");
}

/** The privileges of a dump. */
const DUMPING = "select, lock tables, show view, trigger, event";

function mysqlRemedy(
  { database, user, account = "", reads, dumps }: Session,
  said: string,
): string {
  const [, refused] = / to database '([^']+)'/.exec(said) ?? [];
  const [, from = ""] = /@'([^']*)' to database/.exec(said) ?? [];
  const host = account === "" ? from : account.slice(account.lastIndexOf("@") + 1);
  const on = refused?.startsWith(VERIFIED) ? `${exactly(VERIFIED)}%` : exactly(database);
  const what = sql.raw(dumps ? DUMPING : reads ? "select" : "all");
  const to = sql`${sql.lit(user)}${host === "" ? sql`` : sql`@${sql.lit(host)}`}`;
  return textOf(sql`grant ${what} on ${sql.id(on)}.* to ${to}`, "mysql");
}

function postgresRemedy(
  { database, user, schema = "public", reads, dumps }: Session,
  said: string,
) {
  const to = sql.id(user);
  const text = (statement: ReturnType<typeof sql>) => textOf(statement, "postgres");
  if (dumps) return text(sql`grant pg_read_all_data to ${to}`);
  if (/create database/.test(said)) return text(sql`alter role ${to} createdb`);
  if (/for database|temporary tables/.test(said)) {
    return text(sql`grant connect, create, temporary on database ${sql.id(database)} to ${to}`);
  }
  const [, named = schema] = /for schema (\S+)/.exec(said) ?? [];
  if (/for schema|no schema/.test(said)) {
    const what = sql.raw(reads ? "usage" : "create, usage");
    return text(sql`grant ${what} on schema ${sql.id(named)} to ${to}`);
  }
  const [, owned] = /must be owner of (?:table|relation) (\S+)/.exec(said) ?? [];
  if (owned !== undefined) return text(sql`alter table ${sql.id(owned)} owner to ${to}`);
  const what = sql.raw(reads ? "select" : "select, insert, update, delete");
  return text(sql`grant ${what} on all tables in schema ${sql.id(schema)} to ${to}`);
}

/** For an administrator; `said` is the database's message. */
export function remedy(session: Session, said: string): string {
  return session.kind === "postgres" ? postgresRemedy(session, said) : mysqlRemedy(session, said);
}
