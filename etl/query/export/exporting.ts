// What an export is given.
import type { EngineName } from "../options.ts";

export interface ExportRequest {
  readonly data: string;
  /** What reads the tables for SQLite; DuckDB's own file needs the native engine. */
  readonly engine: EngineName;
  readonly signal: AbortSignal;
}

export interface Exporting extends ExportRequest {
  /** Where the file is written before it takes its place. */
  readonly file: string;
  readonly path: string;
  /** Takes the names in the file that is to be replaced. Throws where that is not debr's. */
  readonly requireOwn: ((names: readonly string[] | undefined) => void) | undefined;
}
