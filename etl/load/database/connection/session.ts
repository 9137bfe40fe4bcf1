// A database as loading sees it: one session that takes statements and rows. Each database has one
// file that implements this with its driver.
import type { Flavour } from "../ddl/builder.ts";

/** A value of a result. Whole numbers may come as text. */
export type Value = string | number | bigint | null;

/** A row by the names of its columns, every value as text. */
export type Answer = Readonly<Record<string, string | null>>;

/** A row from its values and the names of their columns. */
export function answerOf(names: readonly string[], values: readonly unknown[]): Answer {
  return Object.fromEntries(names.map((name, at) => {
    const value = values[at] ?? null;
    return [name, value === null ? null : String(value)];
  }));
}

/** One session. Every method throws a `DestinationError` where the database refuses. */
export interface Database extends AsyncDisposable {
  readonly flavour: Flavour;
  /** The schema tables are made in; of MySQL, the database. */
  readonly schema: string;
  /** Runs a statement; gives the number of rows it changed. */
  readonly run: (statement: string) => Promise<number>;
  /** Rows of a query, each a list of values. */
  readonly rows: (query: string) => Promise<Value[][]>;
  /** Rows of a query by the names of its columns, every value as the database prints it. */
  readonly ask: (query: string) => Promise<Answer[]>;
  /**
   * Adds rows to a table, which takes its columns in the order of `columns`, in the format of
   * `encodeRows`. Gives the number of rows added.
   */
  readonly copy: (
    table: { readonly name: string; readonly columns: readonly string[] },
    rows: Iterable<Uint8Array>,
  ) => Promise<number>;
}

/** The only value of the only row of a query, as a number; `undefined` where there is no row. */
export async function numberOf(database: Database, query: string): Promise<number | undefined> {
  const [row] = await database.rows(query);
  const value = row?.[0];
  return value === undefined || value === null ? undefined : Number(value);
}
