/**
 * The real tables, each with a column more.
 *
 * @module
 */
import { column } from "../../schema/column.ts";
import { type AnyTable, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import { table } from "../../schema/table.ts";
import * as value from "../../schema/values.ts";

/** Name of the column that a table has more. */
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

/** All tables with a column more. */
export const WIDER: readonly AnyTable[] = REAL.map(({ row: _, ...spec }) =>
  table({ ...spec, columns: { ...spec.columns, [extraName(spec.name)]: extra } })
);
