// The statement that gives a user the rights that a database says it lacks.
import { sql, textOf } from "../ddl/builder.ts";
import type { Target } from "./url.ts";

/** A database and what is known of the session with it. */
export interface Session extends Target {
  /** The schema in use; it is of PostgreSQL. */
  readonly schema?: string;
  /** The account of MySQL that the server took the user for, as `ada@%`. */
  readonly account?: string;
  /** Whether the statement only reads. */
  readonly reads?: boolean;
  /** Whether the whole database is to be read, by a program that dumps it. */
  readonly dumps?: boolean;
}

const VERIFIED = "debr_verify_";

/** In a grant on a database of MySQL these stand for any characters, unless they are escaped. */
function exactly(database: string): string {
  return database.replace(/[_%]/g, "\\$&");
}

/** What a dump reads and holds. */
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

/** The statement, for an administrator; `said` is how the database refused. */
export function remedy(session: Session, said: string): string {
  return session.kind === "postgres" ? postgresRemedy(session, said) : mysqlRemedy(session, said);
}
