// The interface of a session with a database. Each driver has its own file.
import type { Flavour } from "../ddl/builder.ts";

/** A value of a result; integers may be text. */
export type Value = string | number | bigint | null;

/** A row by column name, with every value as text. */
export type Answer = Readonly<Record<string, string | null>>;

export function answerOf(names: readonly string[], values: readonly unknown[]): Answer {
  return Object.fromEntries(names.map((name, at) => {
    const value = values[at] ?? null;
    return [name, value === null ? null : String(value)];
  }));
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

/** Returns the number that a query gives; `undefined` if it gives none. */
export async function numberOf(database: Database, query: string): Promise<number | undefined> {
  const [row] = await database.rows(query);
  const value = row?.[0];
  return value === undefined || value === null ? undefined : Number(value);
}
