import { unless } from "../../../common/missing.ts";
import type { Flavour } from "../ddl/builder.ts";
import type { Target } from "./url.ts";

/** A value of a result; integers may be text. */
export type Value = string | number | bigint | null;

/** A row by column name, with every value as text. */
export type Answer = Readonly<Record<string, string | null>>;

export function answersOf(
  rows: readonly (readonly unknown[])[],
  fields: readonly { readonly name: string }[],
): Answer[] {
  const text = (value: unknown) => value === null || value === undefined ? null : String(value);
  return rows.map((row) => Object.fromEntries(fields.map(({ name }, at) => [name, text(row[at])])));
}

/** A session. Every method throws a `DestinationError` if the database reports an error. */
export interface Database extends AsyncDisposable {
  readonly flavour: Flavour;
  /** The schema; in MySQL the database. */
  readonly schema: string;
  /** Runs a statement and returns the number of changed rows. */
  readonly run: (statement: string) => Promise<number>;
  readonly rows: (query: string) => Promise<Value[][]>;
  /** Runs a query; values are as the database prints them. */
  readonly ask: (query: string) => Promise<Answer[]>;
  /** Adds rows in the format of `encodeRows` and returns their number. */
  readonly copy: (
    table: { readonly name: string; readonly columns: readonly string[] },
    rows: Iterable<Uint8Array>,
  ) => Promise<number>;
}

export async function numberOf(database: Database, query: string): Promise<number | undefined> {
  const [[value = null] = []] = await database.rows(query);
  return value === null ? undefined : Number(value);
}

/** Begins a read-only transaction that sees one snapshot of all tables. */
export async function beginSnapshot({ flavour, run }: Database): Promise<void> {
  if (flavour === "postgres") {
    await run("begin transaction isolation level repeatable read, read only");
    return;
  }
  await run("set session transaction isolation level repeatable read");
  await run("start transaction with consistent snapshot, read only");
}

/** Milliseconds to wait for a connection. */
export const CONNECT_TIMEOUT = 15_000;

export async function openSession<T>(
  { sslmode }: Target,
  { open, isPlain }: {
    readonly open: (encrypted: boolean) => Promise<T>;
    /** Whether an error says that the server does not support encryption. */
    readonly isPlain: (error: unknown) => boolean;
  },
): Promise<T> {
  if (sslmode === "disable") return await open(false);
  const mayBePlain = (error: unknown) => sslmode === "prefer" && isPlain(error);
  return await unless(mayBePlain, open(true)) ?? await open(false);
}
