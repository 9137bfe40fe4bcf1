// Query results: columns with types, and rows of exact values.

/**
 * A value as DuckDB prints it, so that no digit is lost in JavaScript's numbers:
 * `9007199254740993`, `1.10`, `2020-02-29`, `nan`, `\xAA` for a byte.
 *
 * - NULL is `null`.
 * - A list or array holds its elements, a struct holds the values of its fields in order, and a map
 * holds pairs of key and value.
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
