// Tables in memory, column by column.
import {
  columnsOf,
  type ColumnType,
  type TableName,
  TABLES,
  type TypeOf,
} from "../../../schema/mod.ts";
import { Texts } from "./texts.ts";

/**
 * The values of one column in memory, by type.
 *
 * - `uuid`: 16 bytes a row.
 * - `decimal`: the value times 10,000 (`DECIMAL.scale`).
 * - `timestamp`: whole milliseconds since 1970 in UTC.
 */
export interface ColumnValues {
  readonly text: Texts;
  readonly uuid: Uint8Array<ArrayBuffer>;
  readonly integer: Int32Array<ArrayBuffer>;
  readonly decimal: Int32Array<ArrayBuffer>;
  readonly timestamp: Float64Array<ArrayBuffer>;
}

/** The values of one column. */
export type ColumnData = ColumnValues[ColumnType];

/** The columns of a table, each in the array its type asks for. */
export type ColumnsOf<T extends TableName> = {
  -readonly [C in keyof typeof TABLES[T]["columns"]]:
    ColumnValues[TypeOf<typeof TABLES[T]["columns"][C]>];
};

/** Rows of one table, column by column, in the order of the schema. No column holds nulls. */
export interface TableData {
  readonly table: TableName;
  /** Columns may be longer than these rows. */
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

/** Empty columns with room for these rows. */
export function makeColumns<T extends TableName>(table: T, rows: number): ColumnsOf<T> {
  return Object.fromEntries(
    columnsOf(TABLES[table]).map(({ name, type }) => [name, MAKE[type](rows)]),
  ) as ColumnsOf<T>;
}

const GROW: {
  readonly [T in ColumnType]: (values: ColumnValues[T], rows: number) => ColumnValues[T];
} = {
  text: (values) => values,
  uuid: ({ buffer }, rows) => new Uint8Array(buffer.transfer(rows * 16)),
  integer: ({ buffer }, rows) => new Int32Array(buffer.transfer(rows * 4)),
  decimal: ({ buffer }, rows) => new Int32Array(buffer.transfer(rows * 4)),
  timestamp: ({ buffer }, rows) => new Float64Array(buffer.transfer(rows * 8)),
};

/** Moves columns to room for more rows; the given ones are empty then. */
export function growColumns<T extends TableName>(
  table: T,
  { columns, rows }: { columns: ColumnsOf<T>; rows: number },
): ColumnsOf<T> {
  return Object.fromEntries(
    columnsOf(TABLES[table]).map(({ name, type }) => {
      const grow = GROW[type] as (values: ColumnData, rows: number) => ColumnData;
      return [name, grow(columns[name as keyof typeof columns] as ColumnData, rows)];
    }),
  ) as ColumnsOf<T>;
}

/** Empties texts, which keep their buffers; other values are overwritten. */
export function clearTexts(columns: Readonly<Record<string, ColumnData>>): void {
  for (const values of Object.values(columns)) if (values instanceof Texts) values.clear();
}

const SELECT: {
  readonly [T in ColumnType]: (values: ColumnValues[T], rows: readonly number[]) => ColumnValues[T];
} = {
  text: (values, rows) => {
    const texts = [...values];
    return Texts.from(rows.map((row) => texts[row] ?? ""));
  },
  uuid: (values, rows) => {
    const kept = new Uint8Array(rows.length * 16);
    rows.forEach((row, at) => kept.set(values.subarray(row * 16, row * 16 + 16), at * 16));
    return kept;
  },
  integer: (values, rows) => Int32Array.from(rows, (row) => values[row] ?? 0),
  decimal: (values, rows) => Int32Array.from(rows, (row) => values[row] ?? 0),
  timestamp: (values, rows) => Float64Array.from(rows, (row) => values[row] ?? 0),
};

/** Keeps the order of rows. */
export function selectRows(data: TableData, keep: (row: number) => boolean): TableData {
  const rows = Array.from({ length: data.rows }, (_, row) => row).filter(keep);
  const columns = columnsOf(TABLES[data.table]).map(({ name, type }) => {
    const select = SELECT[type] as (values: ColumnData, rows: readonly number[]) => ColumnData;
    return [name, select(data.columns[name] as ColumnData, rows)] as const;
  });
  return { table: data.table, rows: rows.length, columns: Object.fromEntries(columns) };
}

const CONCAT: {
  readonly [T in ColumnType]: (
    to: ColumnValues[T],
    values: ColumnValues[T],
    at: { readonly row: number; readonly rows: number },
  ) => void;
} = {
  text: (to, values, { rows }) => {
    for (const text of values.slice(0, rows)) to.push(text);
  },
  uuid: (to, values, { row, rows }) => to.set(values.subarray(0, rows * 16), row * 16),
  integer: (to, values, { row, rows }) => to.set(values.subarray(0, rows), row),
  decimal: (to, values, { row, rows }) => to.set(values.subarray(0, rows), row),
  timestamp: (to, values, { row, rows }) => to.set(values.subarray(0, rows), row),
};

/** Concatenates parts of a table. */
export function concatRows(table: TableName, parts: readonly TableData[]): TableData {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns: Record<string, ColumnData> = makeColumns(table, rows);
  for (const { name, type } of columnsOf(TABLES[table])) {
    let row = 0;
    for (const part of parts) {
      CONCAT[type](columns[name] as never, part.columns[name] as never, { row, rows: part.rows });
      row += part.rows;
    }
  }
  return { table, rows, columns };
}
