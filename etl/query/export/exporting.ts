// The input of an export.
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
