// Prints values as UTF-8, as they are hashed for ids and sent to databases.
import { DECIMAL } from "../../../schema/mod.ts";
import type { ByteBuffer } from "../../common/utf8.ts";
import { printMoment } from "./moment.ts";
import type { Texts } from "./texts.ts";

/** Prints the value of a row. */
export type Print = (row: number, out: ByteBuffer) => void;

const [MINUS, POINT] = [0x2d, 0x2e] as const;

const [YEAR_1, YEAR_10000] = [Date.parse("0001-01-01T00:00Z"), Date.parse("9999-12-31T24:00Z")];

const UNIT = 10 ** DECIMAL.scale;

function decimals(values: Int32Array): Print {
  return (row, out) => {
    const value = Math.abs(values[row]!);
    if (values[row]! < 0) out.byte(MINUS);
    out.text(String(value / UNIT | 0));
    out.byte(POINT);
    out.digits(value % UNIT, DECIMAL.scale);
  };
}

/** Prints moments of years with four digits; `other` prints those of other years. */
function moments(values: Float64Array, other = withoutZone): Print {
  return (row, out) => {
    const value = values[row]!;
    if (value >= YEAR_1 && value < YEAR_10000) printMoment(value, out);
    else out.text(other(value));
  };
}

/** The ISO form, which is slower. */
export function withoutZone(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, -1);
}

/** Prints values of each type but UUIDs. */
export const PRINT = {
  text: (values: Texts): Print => {
    const spans = values.spans();
    return (row, out) => out.span(spans, row);
  },
  integer: (values: Int32Array): Print => (row, out) => out.text(String(values[row])),
  decimal: decimals,
  timestamp: moments,
};
