/**
 * The real tables, and copies with one more column each.
 *
 * @module
 */
import { column } from "../../schema/column.ts";
import { type AnyTable, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import { table } from "../../schema/table.ts";
import * as value from "../../schema/values.ts";

/** Returns the name of the additional column of a table. */
export function extraName(tableName: string): string {
  return `extra_of_${tableName}`;
}

const extra = column(value.gender, {
  type: "text",
  privacy: "sensitive",
  description: "It's more; or \\ less.",
  source: "extra.path",
  unit: "ells",
  example: "female",
});

/** The real tables. */
export const REAL: readonly AnyTable[] = TABLE_NAMES.map((name) => TABLES[name]);

/** The tables with one more column each. */
export const WIDER: readonly AnyTable[] = REAL.map(({ row: _, ...spec }) =>
  table({ ...spec, columns: { ...spec.columns, [extraName(spec.name)]: extra } })
);
