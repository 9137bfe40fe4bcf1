import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  type Row,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import type { ColumnData, ColumnValues, TableData } from "./columns.ts";
import { uuidAt } from "./identity.ts";
import { referenceTable } from "./references.ts";
import { PERSON_TABLES, type Rows } from "./rows.ts";
import type { Texts } from "./texts.ts";

/** A table column by column: every value as printed text, integers as numbers. */
export type Columnar<T extends TableName> = { readonly [C in keyof Row<T>]: readonly Row<T>[C][] };

/** The six tables column by column. */
export type Tables = { readonly [T in TableName]: Columnar<T> };

const PLACES = 10 ** DECIMAL.scale;

const PRINT: {
  readonly [T in Exclude<ColumnType, "text">]: (
    values: ColumnValues[T],
    row: number,
  ) => string | number;
} = {
  uuid: uuidAt,
  integer: (values, row) => values[row] ?? 0,
  decimal: (values, row) => ((values[row] ?? 0) / PLACES).toFixed(DECIMAL.scale),
  timestamp: (values, row) => new Date(values[row] ?? 0).toISOString(),
};

export function decodeTable<T extends TableName>(
  { table, rows, columns }: TableData & { readonly table: T },
): Columnar<T> {
  const decoded = columnsOf(TABLES[table]).map(({ name, type }) => {
    if (type === "text") return [name, [...(columns[name] as Texts)].slice(0, rows)];
    const print = PRINT[type] as (values: ColumnData | undefined, row: number) => string | number;
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
