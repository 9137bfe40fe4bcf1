/**
 * Picks rows of a table in memory.
 *
 * @module
 */
import { columnsOf, type ColumnType, TABLES } from "../../schema/mod.ts";
import { type ColumnValues, makeColumns, type TableData } from "./columns.ts";

const PICK: {
  readonly [T in ColumnType]: (
    to: ColumnValues[T],
    from: ColumnValues[T],
    kept: readonly number[],
  ) => void;
} = {
  text: (to, from, kept) => kept.forEach((row, at) => to[at] = from[row]!),
  uuid: (to, from, kept) =>
    kept.forEach((row, at) => to.set(from.subarray(row * 16, row * 16 + 16), at * 16)),
  integer: (to, from, kept) => kept.forEach((row, at) => to[at] = from[row]!),
  decimal: (to, from, kept) => kept.forEach((row, at) => to[at] = from[row]!),
  timestamp: (to, from, kept) => kept.forEach((row, at) => to[at] = from[row]!),
};

/** The rows for which `keep` says so, in their order, as new columns. */
export function selectRows(data: TableData, keep: (row: number) => boolean): TableData {
  const kept: number[] = [];
  for (let row = 0; row < data.rows; row++) if (keep(row)) kept.push(row);
  const columns = makeColumns(data.table, kept.length);
  for (const { name, type } of columnsOf(TABLES[data.table])) {
    PICK[type](columns[name] as never, data.columns[name] as never, kept);
  }
  return { table: data.table, rows: kept.length, columns };
}
