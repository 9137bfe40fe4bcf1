import { TABLE_NAMES, type TableName, TABLES } from "../../schema/mod.ts";
import { nearest } from "../common/nearest.ts";

/**
 * Finds the column that was probably meant, and its tables. Searches the tables in the statement
 * first.
 */
export function nearestColumn(word: string, sql: string): string | undefined {
  const columnsOf = (tables: readonly TableName[]) =>
    tables.flatMap((table) => Object.keys(TABLES[table].columns));
  const named = TABLE_NAMES.filter((table) => new RegExp(`\\b${table}\\b`, "i").test(sql));
  const column = nearest(word, columnsOf(named)) ?? nearest(word, columnsOf(TABLE_NAMES));
  if (column === undefined) return undefined;
  const tables = TABLE_NAMES.filter((table) => column in TABLES[table].columns);
  return `"${column}" (${tables.join(", ")})`;
}
