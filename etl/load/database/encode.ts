// Rows as text that PostgreSQL's COPY and MySQL's LOAD DATA read alike: tabs between columns, line
// feeds after rows, backslash escapes.
import { columnsOf, type ColumnType, DECIMAL, TABLES } from "../../../schema/mod.ts";
import type { Flavour } from "./ddl/builder.ts";
import type { ColumnData, ColumnValues, TableData } from "../../transform/normalise/mod.ts";

/** Rows in one chunk: some 300 kB of users. */
const CHUNK = 1000;

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

type Print = (row: number) => string;

const UNIT = 10 ** DECIMAL.scale;

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found]!) : text;
}

function uuids(values: Uint8Array): Print {
  const hex = values.toHex();
  return (row) => {
    const at = row * 32;
    return `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${
      hex.slice(at + 16, at + 20)
    }-${hex.slice(at + 20, at + 32)}`;
  };
}

/** PostgreSQL has no year 0: it is 1 before Christ. */
function timestamp(milliseconds: number, flavour: Flavour): string {
  const iso = new Date(milliseconds).toISOString().slice(0, 23);
  if (flavour !== "postgres" || !iso.startsWith("0000")) return iso;
  return `0001${iso.slice(4)} BC`;
}

const PRINT: {
  readonly [T in ColumnType]: (values: ColumnValues[T], flavour: Flavour) => Print;
} = {
  text: (values) => {
    const texts = [...values];
    return (row) => escaped(texts[row]!);
  },
  uuid: uuids,
  integer: (values) => (row) => String(values[row]),
  decimal: (values) => (row) => (values[row]! / UNIT).toFixed(DECIMAL.scale),
  timestamp: (values, flavour) => (row) => timestamp(values[row]!, flavour),
};

export function* encodeRows(data: TableData, flavour: Flavour): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const printers = columnsOf(TABLES[data.table]).map(({ name, type }) => {
    const print = PRINT[type] as (values: ColumnData, flavour: Flavour) => Print;
    return print(data.columns[name]!, flavour);
  });
  for (let start = 0; start < data.rows; start += CHUNK) {
    const end = Math.min(data.rows, start + CHUNK);
    let text = "";
    for (let row = start; row < end; row++) {
      for (const [at, print] of printers.entries()) {
        text += at === 0 ? print(row) : `\t${print(row)}`;
      }
      text += "\n";
    }
    yield encoder.encode(text);
  }
}
