// What both kinds of export share: the input, the keys of a table, and the error.
import type { AnyTable } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
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

/** Returns the key clauses of a CREATE TABLE. */
export function keyClauses({ primaryKey, foreignKeys }: AnyTable): string[] {
  return [
    `primary key (${primaryKey.map(identifier).join(", ")})`,
    ...foreignKeys.map(({ column, references }) =>
      `foreign key (${identifier(column)}) references ${identifier(references)}`
    ),
  ];
}

export function cannotWrite(path: string, cause: Error): DestinationError {
  return new DestinationError(`Cannot write ${path}: ${cause.message}`, {
    step: "export",
    next: "Make room or change permissions, then run the same command again",
    cause,
  });
}
