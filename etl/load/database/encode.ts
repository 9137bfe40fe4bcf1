// PostgreSQL's COPY and MySQL's LOAD DATA read the same text: tabs, line feeds, backslash escapes.
import { columnsOf, type ColumnType, DECIMAL, TABLES } from "../../../schema/mod.ts";
import type { Flavour } from "./ddl/builder.ts";
import type { ColumnData, ColumnValues, TableData, Texts } from "../../transform/normalise/mod.ts";
import { ByteBuffer } from "../../common/utf8.ts";

/** Rows in a chunk: about 300 kB of users. */
const CHUNK = 1000;

const [TAB, LINE_FEED, RETURN, BACKSLASH] = [0x09, 0x0a, 0x0d, 0x5c] as const;

/** The letter that escapes a byte after a backslash, by byte. */
const ESCAPES = new Uint8Array(256);
for (const [byte, letter] of [[TAB, "t"], [LINE_FEED, "n"], [RETURN, "r"], [BACKSLASH, "\\"]]) {
  ESCAPES[byte as number] = (letter as string).charCodeAt(0);
}

/** Prints the value of a row. Calls are in the order of rows. */
type Print = (row: number, out: ByteBuffer) => void;

const UNIT = 10 ** DECIMAL.scale;

interface Cell {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

function escape({ bytes, start, end }: Cell, out: ByteBuffer): void {
  for (let at = start; at < end; at++) {
    const letter = ESCAPES[bytes[at]!]!;
    if (letter === 0) continue;
    out.few(bytes, start, at);
    out.byte(BACKSLASH);
    out.byte(letter);
    start = at + 1;
  }
  out.few(bytes, start, end);
}

function texts(values: Texts): Print {
  const { dictionary } = values;
  if (dictionary !== undefined) {
    const { distinct, indexes } = dictionary;
    return (row, out) => {
      const bytes = distinct.bytes(indexes[row]!);
      escape({ bytes, start: 0, end: bytes.length }, out);
    };
  }
  const sized = values.spellOut();
  const view = new DataView(sized.buffer, sized.byteOffset);
  let at = 0;
  return (_, out) => {
    const start = at + 4;
    at = start + view.getUint32(at, true);
    escape({ bytes: sized, start, end: at }, out);
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function uuids(values: Uint8Array): Print {
  return (row, out) => {
    let text = "";
    for (let byte = 0; byte < 16; byte++) {
      text += HEX[values[row * 16 + byte]!]!;
      if (byte === 3 || byte === 5 || byte === 7 || byte === 9) text += "-";
    }
    out.text(text);
  };
}

/** The year 0 is 1 BC in PostgreSQL. */
function timestamp(milliseconds: number, flavour: Flavour): string {
  const iso = new Date(milliseconds).toISOString().slice(0, 23);
  if (flavour !== "postgres" || !iso.startsWith("0000")) return iso;
  return `0001${iso.slice(4)} BC`;
}

const PRINT: {
  readonly [T in ColumnType]: (values: ColumnValues[T], flavour: Flavour) => Print;
} = {
  text: texts,
  uuid: uuids,
  integer: (values) => (row, out) => out.text(String(values[row])),
  decimal: (values) => (row, out) => out.text((values[row]! / UNIT).toFixed(DECIMAL.scale)),
  timestamp: (values, flavour) => (row, out) => out.text(timestamp(values[row]!, flavour)),
};

export function* encodeRows(data: TableData, flavour: Flavour): Generator<Uint8Array> {
  const out = new ByteBuffer(CHUNK * 300);
  const printers = columnsOf(TABLES[data.table]).map(({ name, type }) => {
    const print = PRINT[type] as (values: ColumnData, flavour: Flavour) => Print;
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
