// What debr needs from DuckDB, in WebAssembly or native, and the form of its results.
import { columnsOf, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import type { EngineName } from "./options.ts";

/**
 * A value as DuckDB prints it, so that no digit is lost in JavaScript's numbers:
 * `9007199254740993`, `1.10`, `2020-02-29`, `nan`, `\xAA` for a byte. NULL is `null`. A list holds
 * its elements, a struct the values of its fields in order, a map pairs of key and value.
 */
export type Cell = string | null | readonly Cell[];

/** A row: values in the order of the columns. */
export type Row = readonly Cell[];

export type ValueType =
  | { readonly kind: "number" | "boolean" | "text"; readonly sql: string }
  | { readonly kind: "list"; readonly element: ValueType }
  | { readonly kind: "map"; readonly key: ValueType; readonly value: ValueType }
  | {
    readonly kind: "struct";
    readonly fields: readonly { readonly name: string; readonly type: ValueType }[];
  };

/** A column. Names are unique: DuckDB's `a`, `a` becomes `a`, `a_1`. */
export interface ResultColumn {
  readonly name: string;
  /** DuckDB's name of the type: `DECIMAL(7,4)`. */
  readonly sqlType: string;
  readonly type: ValueType;
}

/** The complete result of one statement. It is computed to the end, so no error can shorten it. */
export interface Result {
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /**
   * Yields the rows in order, some thousand at a time. May be called again. No other call to the
   * dataset is allowed while one is being read.
   */
  readonly batches: () => AsyncIterable<readonly Row[]>;
  /** Returns all rows, or the first `limit` rows. */
  readonly rows: (limit?: number) => Promise<Row[]>;
  /** Yields a Parquet file in pieces, written by the engine itself. */
  readonly parquet: () => AsyncIterable<Uint8Array>;
  /** Frees the memory of the result. */
  readonly close: () => Promise<void>;
}

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

/** The files of a table. */
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
  return TABLE_NAMES.filter((name) => name === table)
    .flatMap((name) => columnsOf(TABLES[name]))
    .map(({ name, type }) => identifier(name) + (type === "uuid" ? `::uuid as "${name}"` : ""))
    .join(", ");
}

/** Returns the statement that creates the view of a table. */
export function viewOf({ table, paths, foreign = false, reader }: Parts): string {
  const columns = foreign && typed(table) || "*";
  const files = paths.map(literal).join(", ");
  const source = reader === undefined
    ? `read_parquet([${files}]${foreign ? ", hive_partitioning = true" : ""})`
    : `${reader}(${files})`;
  return `create view ${identifier(table)} as select ${columns} from ${source}`;
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
