// One session with a database, which takes statements and rows. One file per driver implements it.
import type { Flavour } from "../ddl/builder.ts";

/** Whole numbers may be text. */
export type Value = string | number | bigint | null;

/** By column name, every value as text. */
export type Answer = Readonly<Record<string, string | null>>;

export function answerOf(names: readonly string[], values: readonly unknown[]): Answer {
  return Object.fromEntries(names.map((name, at) => {
    const value = values[at] ?? null;
    return [name, value === null ? null : String(value)];
  }));
}

/** Every method throws a `DestinationError` where the database refuses. */
export interface Database extends AsyncDisposable {
  readonly flavour: Flavour;
  /** Of MySQL, the database. */
  readonly schema: string;
  /** Returns the number of changed rows. */
  readonly run: (statement: string) => Promise<number>;
  readonly rows: (query: string) => Promise<Value[][]>;
  /** Every value as the database prints it. */
  readonly ask: (query: string) => Promise<Answer[]>;
  /** Adds rows in the format of `encodeRows` and returns their number. */
  readonly copy: (
    table: { readonly name: string; readonly columns: readonly string[] },
    rows: Iterable<Uint8Array>,
  ) => Promise<number>;
}

/** The value of a query with one row and column; `undefined` where there is none. */
export async function numberOf(database: Database, query: string): Promise<number | undefined> {
  const [row] = await database.rows(query);
  const value = row?.[0];
  return value === undefined || value === null ? undefined : Number(value);
}
