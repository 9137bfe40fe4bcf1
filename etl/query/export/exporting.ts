import { type AnyTable, type ColumnType, DECIMAL } from "../../../schema/mod.ts";
import { identifier } from "../engine.ts";
import type { EngineName } from "../options.ts";

export interface ExportRequest {
  readonly data: string;
  /** The engine that reads the tables for SQLite; a DuckDB file needs the native engine. */
  readonly engine: EngineName;
  readonly signal: AbortSignal;
}

export interface Exporting extends ExportRequest {
  /** The temporary path of the file before the rename. */
  readonly file: string;
  readonly path: string;
  /** Checks the table names of the file to replace. Throws if debr did not write that file. */
  readonly requireOwn: ((names: readonly string[] | undefined) => void) | undefined;
}

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

export function keyClauses({ primaryKey, foreignKeys }: AnyTable): string[] {
  return [
    `primary key (${primaryKey.map(identifier).join(", ")})`,
    ...foreignKeys.map(({ column, references }) =>
      `foreign key (${identifier(column)}) references ${identifier(references)}`
    ),
  ];
}
