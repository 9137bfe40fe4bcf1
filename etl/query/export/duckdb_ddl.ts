// What DuckDB is told of the tables: types, and keys in words.
import { type AnyTable, type ColumnType, DECIMAL } from "../../../schema/mod.ts";

export const DUCKDB_TYPE: Readonly<Record<ColumnType, string>> = {
  text: "varchar",
  uuid: "uuid",
  integer: "integer",
  decimal: `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`,
  timestamp: "timestamp",
};

/** A view cannot have keys, so they are said in its comment. */
export function keysOf({ primaryKey, foreignKeys }: AnyTable): string {
  const foreign = foreignKeys.map(({ column, references }) => `${column} to ${references}`);
  return `Primary key: ${primaryKey.join(", ")}.` +
    (foreign.length === 0 ? "" : ` Foreign keys: ${foreign.join(", ")}.`);
}
