/**
 * Asks a dataset for a few rows, and says why it could not answer without showing a value.
 *
 * @module
 */
import { DebrError } from "../errors.ts";
import type { Dataset } from "../query/dataset.ts";

/** A row by column name; every value as text. */
export type Answer = Readonly<Record<string, string | null>>;

/** The rows of a statement known to give few. */
export async function ask(dataset: Dataset, sql: string): Promise<Answer[]> {
  const result = await dataset.query(sql);
  try {
    const names = result.columns.map(({ name }) => name);
    return (await result.rows()).map((row) =>
      Object.fromEntries(names.map((name, at) => [name, row[at] as string | null]))
    );
  } finally {
    await result.close();
  }
}

/** The one row of a statement. */
export async function askOne(dataset: Dataset, sql: string): Promise<Answer> {
  const [row = {}] = await ask(dataset, sql);
  return row;
}

/** Messages of DuckDB that only speak of the statement or of files. */
const ABOUT_SQL = /\b(?:Parser|Syntax|Binder|Catalog|IO) Error: /;
const ABOUT_ROWS = /\b(?!Parser|Syntax|Binder|Catalog|IO)[A-Z][A-Za-z ]*? Error: /;

/**
 * Why something could not run. DuckDB quotes the value when a row makes a statement fail, so what
 * it says of rows is left out.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown fault";
  const { message } = error;
  const kind = ABOUT_ROWS.exec(message)?.[0];
  if (kind !== undefined) return `${kind.trim().replace(/:$/, "")} on a row of the data`;
  if (ABOUT_SQL.test(message) || error instanceof DebrError) {
    return message.replace(/^Cannot run SQL: /, "");
  }
  return error.name;
}
