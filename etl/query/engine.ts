/**
 * What debr needs from DuckDB, in WebAssembly or native.
 *
 * @module
 */
import { columnsOf, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import type { EngineName } from "./options.ts";
import type { ResultColumn, Row, ValueType } from "./result.ts";

/** The result of a statement that is not a SELECT, such as DESCRIBE; it fits into memory. */
export interface Listing {
  readonly names: readonly string[];
  /** All values as text or `null`. */
  readonly rows: readonly (readonly (string | null)[])[];
}

type Bytes = Uint8Array<ArrayBuffer> | undefined;

/** A DuckDB that reads only the parts of one dataset. Takes one call at a time. */
export interface Engine {
  readonly name: EngineName;
  /** Rewrites a statement so that it fails where this DuckDB would return a wrong answer. */
  readonly safe?: (sql: string) => string | Promise<string>;
  /** Runs a statement to its end. Rejects with DuckDB's error, or the signal's reason. */
  readonly execute: (sql: string, signal?: AbortSignal) => Promise<void>;
  /** Runs a statement that is not a SELECT and returns its rows. */
  readonly list: (sql: string, signal?: AbortSignal) => Promise<Listing>;
  /**
   * Streams a SELECT with text columns, or nested values with text leaves. No row may fail: the
   * WebAssembly DuckDB would end the result at that row without an error.
   */
  readonly stream: (sql: string, types: readonly ValueType[]) => AsyncIterable<readonly Row[]>;
  /** Yields a stored result as a Parquet file in pieces. */
  readonly parquet: (request: ParquetRequest) => AsyncIterable<Uint8Array>;
  /** Returns the bytes of a part that the engine holds open. */
  readonly bytesOf?: (path: string) => Bytes | Promise<Bytes>;
  /** Whether the engine was ended to stop a statement. The state of the session is then lost. */
  readonly hasEnded?: () => boolean;
  /**
   * Throws a `DestinationError` if a run has replaced parts that the engine reads by path: the
   * result may mix two commits.
   */
  readonly requireSteady?: () => Promise<void>;
  readonly close: () => void;
}

/** A stored result to write as Parquet. */
export interface ParquetRequest {
  /** A SELECT of the columns with their final names and types. */
  readonly select: string;
  readonly columns: readonly ResultColumn[];
  /** The same rows as text. */
  readonly batches: () => AsyncIterable<readonly Row[]>;
}

/** The Parquet files of a table. */
export interface Parts {
  readonly table: string;
  /** Paths in the order in which their rows are read. */
  readonly paths: readonly string[];
  /**
   * Whether another engine wrote the files. Folders may then be columns, and UUIDs may be text. The
   * view of one of the six tables has debr's column order and UUID type; other tables keep their
   * own.
   */
  readonly foreign?: boolean;
  /** The function that reads a file named by the user. */
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

/** Returns the columns of one of the six tables, with UUIDs cast; empty for other tables. */
function typed(table: string): string {
  const columns = TABLE_NAMES.filter((name) => name === table)
    .flatMap((name) => columnsOf(TABLES[name]));
  return columns.map(({ name, type }) =>
    type === "uuid" ? `${identifier(name)}::uuid as ${identifier(name)}` : identifier(name)
  ).join(", ");
}

/** Returns the statement that creates the view of a table. */
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

/**
 * Interrupts DuckDB when the signal aborts before the work is done. DuckDB forgets an interrupt that
 * comes just before a statement starts, so it is repeated until the statement ends.
 */
export async function stoppable<T>(
  work: () => Promise<T>,
  { signal, interrupt }: {
    readonly signal: AbortSignal | undefined;
    readonly interrupt: () => void;
  },
): Promise<T> {
  signal?.throwIfAborted();
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    interrupt();
    timer = setInterval(interrupt, 50);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", stop);
    clearInterval(timer);
  }
}
