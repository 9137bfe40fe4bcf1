/**
 * What debr needs of a DuckDB, whichever it is: the WebAssembly one or the native one.
 *
 * @module
 */
import { columnsOf, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import type { EngineName } from "./options.ts";
import type { ResultColumn, Row, ValueType } from "./result.ts";

/** The outcome of a statement that is no SELECT, such as DESCRIBE: small, all in memory. */
export interface Listing {
  readonly names: readonly string[];
  /** Every value as text, or `null`. */
  readonly rows: readonly (readonly (string | null)[])[];
}

type Bytes = Uint8Array<ArrayBuffer> | undefined;

/** A DuckDB that reads the parts of one dataset and nothing else. Takes one call at a time. */
export interface Engine {
  readonly name: EngineName;
  /** The statement with errors where this DuckDB would answer wrongly. */
  readonly safe?: (sql: string) => string | Promise<string>;
  /** Runs a statement to its end. Rejects with DuckDB's error, or the signal's reason. */
  readonly execute: (sql: string, signal?: AbortSignal) => Promise<void>;
  /** Runs a statement that is no SELECT and returns what it lists. */
  readonly list: (sql: string, signal?: AbortSignal) => Promise<Listing>;
  /**
   * Streams a SELECT whose columns are text, or nested values with text at the leaves. It must not
   * be able to fail on a row: the WebAssembly DuckDB would end the rows there and say nothing.
   */
  readonly stream: (sql: string, types: readonly ValueType[]) => AsyncIterable<readonly Row[]>;
  /** A stored result as a Parquet file, piece by piece. */
  readonly parquet: (request: ParquetRequest) => AsyncIterable<Uint8Array>;
  /** The bytes of a part, where the engine holds it open. */
  readonly bytesOf?: (path: string) => Bytes | Promise<Bytes>;
  /** Whether a statement could only be stopped by ending the engine, with all the session made. */
  readonly hasEnded?: () => boolean;
  /**
   * Throws a `DestinationError` where a run has replaced parts that the engine reads by their paths:
   * what was read may be of two commits.
   */
  readonly requireSteady?: () => Promise<void>;
  readonly close: () => void;
}

/** A stored result to be written as Parquet. */
export interface ParquetRequest {
  /** SELECT of the columns with the names and types they shall have. */
  readonly select: string;
  readonly columns: readonly ResultColumn[];
  /** The same rows as text. */
  readonly batches: () => AsyncIterable<readonly Row[]>;
}

/** A part of a table: a Parquet file. */
export interface Parts {
  readonly table: string;
  /** Paths as they are opened, in the order their rows are read. */
  readonly paths: readonly string[];
  /**
   * Whether another engine wrote them: then folders may be columns, and UUIDs may be text. The view
   * of one of the six tables has its columns in debr's order and UUIDs as UUIDs; all else is as the
   * files have it.
   */
  readonly foreign?: boolean;
  /** The function that reads a file a person has named. */
  readonly reader?: "read_parquet" | "read_csv_auto" | "read_json_auto";
}

/** Writes a name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Writes a text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The columns of one of the six tables, UUIDs as such; empty for another table. */
function typed(table: string): string {
  const columns = TABLE_NAMES.filter((name) => name === table)
    .flatMap((name) => columnsOf(TABLES[name]));
  return columns.map(({ name, type }) =>
    type === "uuid" ? `${identifier(name)}::uuid as ${identifier(name)}` : identifier(name)
  ).join(", ");
}

/** The statement that makes a view over the parts of a table. */
export function viewOf({ table, paths, foreign = false, reader }: Parts): string {
  if (reader !== undefined) {
    return `create view ${identifier(table)} as select * from ${reader}(${
      paths.map(literal).join(", ")
    })`;
  }
  const columns = foreign && typed(table) || "*";
  const options = foreign ? ", hive_partitioning = true" : "";
  const files = paths.map(literal).join(", ");
  return `create view ${
    identifier(table)
  } as select ${columns} from read_parquet([${files}]${options})`;
}

/** Interrupts DuckDB when the signal aborts before the work is done. */
export async function stoppable<T>(
  work: () => Promise<T>,
  { signal, interrupt }: {
    readonly signal: AbortSignal | undefined;
    readonly interrupt: () => void;
  },
): Promise<T> {
  signal?.throwIfAborted();
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}
