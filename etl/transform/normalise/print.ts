// Prints values as UTF-8, as they are hashed for ids and sent to databases.
import { DECIMAL } from "../../../schema/mod.ts";
import type { ByteBuffer } from "../../common/utf8.ts";
import type { Texts } from "./texts.ts";

/** Prints the value of a row. */
export type Print = (row: number, out: ByteBuffer) => void;

const [HYPHEN, POINT, COLON, T] = [0x2d, 0x2e, 0x3a, 0x54] as const;

const UNIT = 10 ** DECIMAL.scale;

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
