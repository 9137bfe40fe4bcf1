import {
  columnsOf,
  type ColumnType,
  type TableName,
  TABLES,
  type TypeOf,
} from "../../../schema/mod.ts";
import { Texts } from "./texts.ts";

/** UUIDs have 16 bytes, decimals are times 10,000, timestamps are milliseconds since 1970 UTC. */
export interface ColumnValues {
  readonly text: Texts;
  readonly uuid: Uint8Array<ArrayBuffer>;
  readonly integer: Int32Array<ArrayBuffer>;
  readonly decimal: Int32Array<ArrayBuffer>;
  readonly timestamp: Float64Array<ArrayBuffer>;
}

export type ColumnData = ColumnValues[ColumnType];

export type ColumnsOf<T extends TableName> = {
  -readonly [C in keyof typeof TABLES[T]["columns"]]:
    ColumnValues[TypeOf<typeof TABLES[T]["columns"][C]>];
};

/** Rows of one table, column by column, in the order of the schema; no column contains nulls. */
export interface TableData {
  readonly table: TableName;
  /** Number of rows; columns may be longer. */
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnData>>;
}

const MAKE: { readonly [T in ColumnType]: (rows: number) => ColumnValues[T] } = {
  text: () => new Texts(),
  uuid: (rows) => new Uint8Array(rows * 16),
  integer: (rows) => new Int32Array(rows),
  decimal: (rows) => new Int32Array(rows),
  timestamp: (rows) => new Float64Array(rows),
};

export function makeColumns<T extends TableName>(table: T, rows: number): ColumnsOf<T> {
  return Object.fromEntries(
    columnsOf(TABLES[table]).map(({ name, type }) => [name, MAKE[type](rows)]),
  ) as ColumnsOf<T>;
}

type Numbers = Exclude<ColumnData, Texts>;

/** The number of elements per row; only UUIDs have several, their bytes. */
function widthOf(values: Numbers): number {
  return values instanceof Uint8Array ? 16 : 1;
}

function like(values: Numbers, from: number | ArrayBuffer): Numbers {
  return new (values.constructor as new (from: number | ArrayBuffer) => Numbers)(from);
}

function grow(values: ColumnData, rows: number): ColumnData {
  if (values instanceof Texts) return values;
  const bytes = rows * widthOf(values) * values.BYTES_PER_ELEMENT;
  return like(values, values.buffer.transfer(bytes));
}

/** Moves columns to new ones with room for more rows, and empties the given ones. */
export function growColumns<T extends Readonly<Record<string, ColumnData>>>(
  columns: T,
  rows: number,
): T {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, grow(values, rows)]),
  ) as T;
}

/** Empties texts and keeps their buffers; other values are overwritten later. */
export function clearTexts(columns: Readonly<Record<string, ColumnData>>): void {
  for (const values of Object.values(columns)) if (values instanceof Texts) values.clear();
}

function select(values: ColumnData, rows: readonly number[]): ColumnData {
  if (values instanceof Texts) {
    const texts = [...values];
    return Texts.from(rows.map((row) => texts[row] ?? ""));
  }
  const width = widthOf(values);
  const kept = like(values, rows.length * width);
  for (const [at, row] of rows.entries()) {
    for (let item = 0; item < width; item++) kept[at * width + item] = values[row * width + item]!;
  }
  return kept;
}

export function selectRows(data: TableData, keep: (row: number) => boolean): TableData {
  const rows = Array.from({ length: data.rows }, (_, row) => row).filter(keep);
  const columns: Record<string, ColumnData> = {};
  for (const [name, values] of Object.entries(data.columns)) columns[name] = select(values, rows);
  return { table: data.table, rows: rows.length, columns };
}

export function concatRows(table: TableName, parts: readonly TableData[]): TableData {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns: Record<string, ColumnData> = makeColumns(table, rows);
  let row = 0;
  for (const part of parts) {
    for (const [name, to] of Object.entries(columns)) {
      const values = part.columns[name]!;
      if (to instanceof Texts) {
        for (const text of (values as Texts).slice(0, part.rows)) to.push(text);
      } else {
        const width = widthOf(to);
        to.set((values as Numbers).subarray(0, part.rows * width), row * width);
      }
    }
    row += part.rows;
  }
  return { table, rows, columns };
}
