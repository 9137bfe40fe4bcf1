import { sql, textIn } from "../ddl/builder.ts";
import type { Target } from "./url.ts";

/** The purpose of a session; `dump` reads the whole database. */
export type Purpose = "read" | "dump" | "write";

export interface Session extends Target {
  readonly schema?: string;
  /** The account that the MySQL server matched, for example `ada@%`. */
  readonly account?: string;
  readonly purpose?: Purpose;
}

/** The prefix of databases that a verification creates. */
export const VERIFIED = "debr_verify_";

const PRIVILEGES = {
  read: "select",
  dump: "select, lock tables, show view, trigger, event",
  write: "all",
} as const;

function mysqlRemedy(
  { database, user, account = "", purpose = "write" }: Session,
  said: string,
): string {
  const [, refused] = / to database '([^']+)'/.exec(said) ?? [];
  const [, from = ""] = /@'([^']*)' to database/.exec(said) ?? [];
  const host = account === "" ? from : account.slice(account.lastIndexOf("@") + 1);
  const scratch = refused?.startsWith(VERIFIED) ?? false;
  // Names of databases in a grant are patterns.
  const exactly = (scratch ? VERIFIED : database).replace(/[_%]/g, "\\$&");
  const on = sql.id(scratch ? `${exactly}%` : exactly);
  const what = sql.raw(PRIVILEGES[scratch ? "write" : purpose]);
  const to = sql`${sql.lit(user)}${host === "" ? sql`` : sql`@${sql.lit(host)}`}`;
  return textIn("mysql")`grant ${what} on ${on}.* to ${to}`;
}

function postgresRemedy(
  { database, user, schema = "public", purpose = "write" }: Session,
  said: string,
) {
  const to = sql.id(user);
  const reads = purpose === "read";
  const text = textIn("postgres");
  if (/create database/.test(said)) return text`alter role ${to} createdb`;
  if (/for database|temporary tables/.test(said)) {
    const what = sql.raw(purpose === "write" ? "connect, create, temporary" : "connect");
    return text`grant ${what} on database ${sql.id(database)} to ${to}`;
  }
  if (purpose === "dump") return text`grant pg_read_all_data to ${to}`;
  const [, named = schema] = /for schema ([^;\n]+)/.exec(said) ?? [];
  if (/for schema|no schema/.test(said)) {
    const what = sql.raw(reads ? "usage" : "create, usage");
    return text`grant ${what} on schema ${sql.id(named)} to ${to}`;
  }
  const [, owned] = /must be owner of (?:table|relation) ([^;\n]+)/.exec(said) ?? [];
  if (owned !== undefined) return text`alter table ${sql.id(owned)} owner to ${to}`;
  const what = sql.raw(reads ? "select" : "select, insert, update, delete");
  return text`grant ${what} on all tables in schema ${sql.id(schema)} to ${to}`;
}

export function checkServer({ host, port }: Target): string {
  return `Check that a server answers at ${host}, port ${port}, then run the same command again`;
}

export function asAdministrator(statement: string): string {
  return `As an administrator, run: ${statement}`;
}

/** Returns the statement that grants what is missing; `said` is the database's message. */
export function remedy(session: Session, said: string): string {
  return session.kind === "postgres" ? postgresRemedy(session, said) : mysqlRemedy(session, said);
}
