// Prints the values of columns: as text, and as UTF-8 for the hashes of ids and for databases.
import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  type Row,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import type { ByteBuffer } from "../../common/utf8.ts";
import type { ColumnData, ColumnValues, TableData } from "./columns.ts";
import { uuidAt } from "./identity.ts";
import { referenceTable } from "./references.ts";
import { PERSON_TABLES, type Rows } from "./rows.ts";
import type { Texts } from "./texts.ts";

const UNIT = 10 ** DECIMAL.scale;

/** A table column by column: every value as printed text, integers as numbers. */
export type Columnar<T extends TableName> = { readonly [C in keyof Row<T>]: readonly Row<T>[C][] };

/** The six tables column by column. */
export type Tables = { readonly [T in TableName]: Columnar<T> };

const VALUE_AT: {
  readonly [T in Exclude<ColumnType, "text">]: (
    values: ColumnValues[T],
    row: number,
  ) => string | number;
} = {
  uuid: uuidAt,
  integer: (values, row) => values[row] ?? 0,
  decimal: (values, row) => ((values[row] ?? 0) / UNIT).toFixed(DECIMAL.scale),
  timestamp: (values, row) => new Date(values[row] ?? 0).toISOString(),
};

export function decodeTable<T extends TableName>(
  { table, rows, columns }: TableData & { readonly table: T },
): Columnar<T> {
  const decoded = columnsOf(TABLES[table]).map(({ name, type }) => {
    if (type === "text") return [name, [...(columns[name] as Texts)].slice(0, rows)];
    const print = VALUE_AT[type] as (
      values: ColumnData | undefined,
      row: number,
    ) => string | number;
    return [name, Array.from({ length: rows }, (_, row) => print(columns[name], row))];
  });
  return Object.fromEntries(decoded);
}

export function decodeTables(rows: Rows): Tables {
  const person = rows.tables();
  const tables = [
    ...PERSON_TABLES.map((name) => person[name]),
    ...(["countries", "timezones", "media"] as const).map((name) =>
      referenceTable(name, rows.references)
    ),
  ];
  return Object.fromEntries(
    tables.map((data) => [data.table, decodeTable(data)]),
  ) as unknown as Tables;
}

/** Prints the value of a row. */
export type Print = (row: number, out: ByteBuffer) => void;

const [HYPHEN, POINT, COLON, T] = [0x2d, 0x2e, 0x3a, 0x54] as const;

/** Prints values of each type but UUIDs; moments without `Z`. */
export const PRINT = {
  text: (values: Texts): Print => {
    const spans = values.spans();
    return (row, out) => out.span(spans, row);
  },
  integer: (values: Int32Array): Print => (row, out) => out.text(String(values[row])),
  decimal: (values: Int32Array): Print => (row, out) => {
    const value = Math.abs(values[row]!);
    if (values[row]! < 0) out.byte(HYPHEN);
    out.text(String(value / UNIT | 0));
    out.byte(POINT);
    out.digits(value % UNIT, DECIMAL.scale);
  },
  timestamp: (values: Float64Array): Print => {
    const moment = new Date(0);
    return (row, out) => {
      // Unlike `toISOString`, this makes no text for each moment.
      moment.setTime(values[row]!);
      out.text(String(moment.getUTCFullYear()).padStart(4, "0"));
      out.byte(HYPHEN);
      out.digits(moment.getUTCMonth() + 1, 2);
      out.byte(HYPHEN);
      out.digits(moment.getUTCDate(), 2);
      out.byte(T);
      out.digits(moment.getUTCHours(), 2);
      out.byte(COLON);
      out.digits(moment.getUTCMinutes(), 2);
      out.byte(COLON);
      out.digits(moment.getUTCSeconds(), 2);
      out.byte(POINT);
      out.digits(moment.getUTCMilliseconds(), 3);
    };
  },
};
