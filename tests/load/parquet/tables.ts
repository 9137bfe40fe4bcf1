/**
 * Random rows of a table, for property tests.
 *
 * @module
 */
import fc from "fast-check";
import type { ColumnData, TableData } from "../../../etl/transform/normalise/columns.ts";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { columnsOf, type ColumnType, type TableName, TABLES } from "../../../schema/mod.ts";

/** Texts that encoders get wrong: empty, joined by U+200C, beyond U+FFFF, with a byte order mark. */
const HARD_TEXTS = ["", " ", "می\u200cخواهم", "😀𐐷", "\ufeffmark", 'O\'Brien "x"', "é", "\uffff"];

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HARD_TEXTS));

const DIGITS = 9_999_999;

/** Random columns, by type. */
const VALUES: { readonly [T in ColumnType]: (rows: number) => fc.Arbitrary<ColumnData> } = {
  text: (rows) => fc.array(text, { minLength: rows, maxLength: rows }).map(Texts.from),
  uuid: (rows) =>
    fc.uint8Array({ minLength: rows * 16, maxLength: rows * 16 })
      .map((bytes) => new Uint8Array(bytes)),
  integer: (rows) =>
    fc.array(
      fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1)),
      { minLength: rows, maxLength: rows },
    ).map((values) => Int32Array.from(values)),
  decimal: (rows) =>
    fc.array(fc.integer({ min: -DIGITS, max: DIGITS }), { minLength: rows, maxLength: rows })
      .map((values) => Int32Array.from(values)),
  timestamp: (rows) =>
    fc.array(
      fc.date({
        min: new Date(-62135596800000),
        max: new Date(253402300799999),
        noInvalidDate: true,
      })
        .map((date) => date.getTime()),
      { minLength: rows, maxLength: rows },
    ).map((values) => Float64Array.from(values)),
};

/** Converts rows to values that can be compared, with texts as arrays. */
export function plain({ table, rows, columns }: TableData): unknown {
  const values = Object.entries(columns).map(([name, values]) =>
    [name, values instanceof Texts ? [...values].slice(0, rows) : values] as const
  );
  return { table, rows, columns: Object.fromEntries(values) };
}

/** Random rows of a table, 0 to 40. */
export function tableData(table: TableName): fc.Arbitrary<TableData> {
  const columns = columnsOf(TABLES[table]);
  return fc.nat({ max: 40 }).chain((rows) =>
    fc.record(Object.fromEntries(columns.map(({ name, type }) => [name, VALUES[type](rows)])))
      .map((values) => ({ table, rows, columns: { ...values } }))
  );
}
