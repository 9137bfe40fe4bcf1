// The tables of a session and their columns: those of the dataset and those of the user.
import type { Dataset } from "../dataset.ts";

/** The columns of each table, in order. */
export type Names = ReadonlyMap<string, readonly string[]>;

const COLUMNS = `select table_name, column_name from duckdb_columns()
  where not internal and not starts_with(table_name, 'debr_result_') order by table_oid, column_index`;

/** Queries the names from the engine; the tables of the dataset come first. */
export async function namesOf(dataset: Dataset): Promise<Names> {
  const result = await dataset.query(COLUMNS);
  const names = new Map<string, string[]>(dataset.tables.map((table) => [table, []]));
  for (const [table, column] of await result.rows()) {
    const columns = names.get(String(table)) ?? [];
    names.set(String(table), [...columns, String(column)]);
  }
  await result.close();
  return names;
}
