// PostgreSQL's COPY and MySQL's LOAD DATA read the same text: tabs, line feeds, backslash escapes.
import { columnsOf, type ColumnType, TABLES } from "../../../schema/mod.ts";
import type { Flavour } from "./ddl/builder.ts";
import {
  type ColumnData,
  type ColumnValues,
  PRINT,
  type Print,
  type TableData,
  type Texts,
} from "../../transform/normalise/mod.ts";
import { ByteBuffer, encodeUtf8 } from "../../common/utf8.ts";

/** Rows in a chunk: about 300 kB of users. */
const CHUNK = 1000;

const [TAB, LINE_FEED, RETURN, HYPHEN, BACKSLASH] = [0x09, 0x0a, 0x0d, 0x2d, 0x5c] as const;

/** The letter that escapes a byte after a backslash, by byte. */
const ESCAPES = new Uint8Array(256);
for (const [byte, letter] of [[TAB, "t"], [LINE_FEED, "n"], [RETURN, "r"], [BACKSLASH, "\\"]]) {
  ESCAPES[byte as number] = (letter as string).charCodeAt(0);
}

/** Prints texts with escapes. */
function texts(values: Texts): Print {
  const { bytes, starts, ends } = values.spans();
  return (row, out) => {
    let start = starts[row]!;
    const end = ends[row]!;
    for (let at = start; at < end; at++) {
      const letter = ESCAPES[bytes[at]!]!;
      if (letter === 0) continue;
      out.few(bytes, start, at);
      out.byte(BACKSLASH);
      out.byte(letter);
      start = at + 1;
    }
    out.few(bytes, start, end);
  };
}

const HEX = encodeUtf8("0123456789abcdef");

function uuids(values: Uint8Array): Print {
  return (row, out) => {
    for (let byte = 0; byte < 16; byte++) {
      const value = values[row * 16 + byte]!;
      out.byte(HEX[value >> 4]!);
      out.byte(HEX[value & 15]!);
      if (byte === 3 || byte === 5 || byte === 7 || byte === 9) out.byte(HYPHEN);
    }
  };
}

const [YEAR_0, YEAR_1] = [Date.parse("0000-01-01T00:00Z"), Date.parse("0001-01-01T00:00Z")];

/** The year 0 is 1 BC in PostgreSQL. */
function timestamps(values: ColumnValues["timestamp"], flavour: Flavour): Print {
  const print = PRINT.timestamp(values);
  return (row, out) => {
    const value = values[row]!;
    if (flavour !== "postgres" || value < YEAR_0 || value >= YEAR_1) return print(row, out);
    out.text(`0001${new Date(value).toISOString().slice(4, 23)} BC`);
  };
}

const PRINT_CELL: {
  readonly [T in ColumnType]: (values: ColumnValues[T], flavour: Flavour) => Print;
} = { ...PRINT, text: texts, uuid: uuids, timestamp: timestamps };

export function* encodeRows(data: TableData, flavour: Flavour): Generator<Uint8Array> {
  const out = new ByteBuffer(CHUNK * 300);
  const printers = columnsOf(TABLES[data.table]).map(({ name, type }) => {
    const print = PRINT_CELL[type] as (values: ColumnData, flavour: Flavour) => Print;
    return print(data.columns[name]!, flavour);
  });
  for (let start = 0; start < data.rows; start += CHUNK) {
    const end = Math.min(data.rows, start + CHUNK);
    for (let row = start; row < end; row++) {
      for (let at = 0; at < printers.length; at++) {
        if (at > 0) out.byte(TAB);
        printers[at]!(row, out);
      }
      out.byte(LINE_FEED);
    }
    yield out.written.slice();
    out.clear();
  }
}
