// Query results: columns with types, and rows of exact values.

/**
 * A value as DuckDB prints it, so that no digit is lost in JavaScript's numbers:
 * `9007199254740993`, `1.10`, `2020-02-29`, `nan`, `\xAA` for a byte.
 *
 * - NULL is `null`.
 * - A list or array holds its elements; a struct the values of its fields, in order; a map pairs of
 * key and value.
 */
export type Cell = string | null | readonly Cell[];

/** In the order of the columns. */
export type Row = readonly Cell[];

export type ValueType =
  | { readonly kind: "number" | "boolean" | "text"; readonly sql: string }
  | { readonly kind: "list"; readonly element: ValueType }
  | { readonly kind: "map"; readonly key: ValueType; readonly value: ValueType }
  | {
    readonly kind: "struct";
    readonly fields: readonly { readonly name: string; readonly type: ValueType }[];
  };

/** Names are unique: DuckDB's `a`, `a` is `a`, `a_1` here. */
export interface ResultColumn {
  readonly name: string;
  /** The type as DuckDB names it: `DECIMAL(7,4)`. */
  readonly sqlType: string;
  readonly type: ValueType;
}

/**
 * The complete result of one statement: it was computed to the end, so no error can cut it short.
 */
export interface Result {
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /**
   * The rows in order, some thousand at a time. May be called again. While one is being read,
   * nothing else may be asked of the dataset.
   */
  readonly batches: () => AsyncIterable<readonly Row[]>;
  /** All rows, or the first ones. */
  readonly rows: (limit?: number) => Promise<Row[]>;
  /** A Parquet file in pieces, written by the engine itself. */
  readonly parquet: () => AsyncIterable<Uint8Array>;
  /** Frees its memory. */
  readonly close: () => Promise<void>;
}
