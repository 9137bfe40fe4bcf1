// The tables in DuckDB's SQL: column types, and comments that describe the keys.
import { type AnyTable, type ColumnType, DECIMAL } from "../../../schema/mod.ts";

export const DUCKDB_TYPE: Readonly<Record<ColumnType, string>> = {
  text: "varchar",
  uuid: "uuid",
  integer: "integer",
  decimal: `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`,
  timestamp: "timestamp",
};

/** Describes the keys in a comment, because a view cannot declare them. */
export function keysOf({ primaryKey, foreignKeys }: AnyTable): string {
  const foreign = foreignKeys.map(({ column, references }) => `${column} to ${references}`);
  return `Primary key: ${primaryKey.join(", ")}.` +
    (foreign.length === 0 ? "" : ` Foreign keys: ${foreign.join(", ")}.`);
}
