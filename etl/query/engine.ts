import { columnsOf, TABLE_NAMES, TABLES } from "../../schema/mod.ts";

// A value as DuckDB prints it, so that no digit is lost: `9007199254740993`, `1.10`, `2020-02-29`,
// `nan`, `\xAA` for a byte. NULL is `null`. A list holds its elements, a struct the values of its
// fields in order, a map pairs of key and value.
export type Cell = string | null | readonly Cell[];

export type Row = readonly Cell[];

export type ValueType =
  | { readonly kind: "number" | "boolean" | "text"; readonly sql: string }
  | { readonly kind: "list"; readonly element: ValueType }
  | { readonly kind: "map"; readonly key: ValueType; readonly value: ValueType }
  | {
    readonly kind: "struct";
    readonly fields: readonly { readonly name: string; readonly type: ValueType }[];
  };

export interface ResultColumn {
  /** Unique: DuckDB's `a`, `a` becomes `a`, `a_1`. */
  readonly name: string;
  /** DuckDB's name of the type: `DECIMAL(7,4)`. */
  readonly sqlType: string;
  readonly type: ValueType;
}

/** The complete result of one statement. It is computed to the end, so no error can shorten it. */
export interface Result extends AsyncDisposable {
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /** Yields the rows in order. May be called again; no other call may run while rows are read. */
  readonly batches: () => AsyncIterable<readonly Row[]>;
  readonly rows: (limit?: number) => Promise<Row[]>;
  readonly parquet: () => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** The result of a statement that is not a SELECT, such as DESCRIBE; it fits into memory. */
export interface Listing {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

type Bytes = Uint8Array<ArrayBuffer> | undefined;

/** A DuckDB that reads only the parts of one dataset. Takes one call at a time. */
export interface Engine {
  /** Rewrites a statement so that it fails or is right where this DuckDB would be wrong. */
  readonly safe?: (sql: string) => Promise<string>;
  /** Runs a statement to its end. Rejects with DuckDB's error, or the signal's reason. */
  readonly execute: (sql: string, signal?: AbortSignal) => Promise<void>;
  readonly list: (sql: string, signal?: AbortSignal) => Promise<Listing>;
  /** Streams texts, nested or not. No row may fail: WebAssembly would end the result silently. */
  readonly stream: (sql: string, types: readonly ValueType[]) => AsyncIterable<readonly Row[]>;
  readonly parquet: (request: ParquetRequest) => AsyncIterable<Uint8Array>;
  /** Returns the bytes of a part that the engine holds open. */
  readonly bytesOf?: (path: string) => Bytes | Promise<Bytes>;
  /** Whether the engine was ended to stop a statement. The state of the session is then lost. */
  readonly hasEnded?: () => boolean;
  /** Throws if a run has replaced parts that are read by path: results may mix two commits. */
  readonly requireSteady?: () => Promise<void>;
  readonly close: () => void;
}

export interface ParquetRequest {
  /** A SELECT of the columns with their final names and types. */
  readonly select: string;
  readonly columns: readonly ResultColumn[];
  /** The same rows as text. */
  readonly batches: () => AsyncIterable<readonly Row[]>;
}

export interface Parts {
  readonly table: string;
  /** In the order in which their rows are read. */
  readonly paths: readonly string[];
  /** Whether another engine wrote the files. Folders may then be columns, and UUIDs may be text. */
  readonly foreign?: boolean;
  /** Reads a file named by the user. */
  readonly reader?: "read_parquet" | "read_csv_auto" | "read_json_auto";
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Lists the columns of one of the six tables, with UUIDs cast; empty for other tables. */
function typed(table: string): string {
  return TABLE_NAMES.filter((name) => name === table)
    .flatMap((name) => columnsOf(TABLES[name]))
    .map(({ name, type }) => identifier(name) + (type === "uuid" ? `::uuid as "${name}"` : ""))
    .join(", ");
}

export function viewOf({ table, paths, foreign = false, reader }: Parts): string {
  const columns = foreign && typed(table) || "*";
  const files = paths.map(literal).join(", ");
  const source = reader === undefined
    ? `read_parquet([${files}]${foreign ? ", hive_partitioning = true" : ""})`
    : `${reader}(${files})`;
  return `create view ${identifier(table)} as select ${columns} from ${source}`;
}
