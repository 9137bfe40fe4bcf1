/**
 * Finds the name that was probably meant.
 *
 * @module
 */
import { closest, distance } from "fastest-levenshtein";
import { TABLE_NAMES, type TableName, TABLES } from "../../schema/mod.ts";

/** The nearest of some names, or nothing where none is near: more than a third is wrong. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const found = names.length === 0 ? "" : closest(wanted, names);
  return distance(wanted, found) <= Math.max(2, Math.floor(wanted.length / 3)) && found !== wanted
    ? found
    : undefined;
}

/** The name of the table that was probably meant. */
export function nearestTable(word: string): string | undefined {
  return nearest(word, TABLE_NAMES);
}

/**
 * The column that was probably meant, and the tables that have it. Looks first into the tables the
 * statement names.
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
