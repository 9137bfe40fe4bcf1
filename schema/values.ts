/**
 * The values that both the API's person and debr's tables are made of. Each rule has a sentence
 * that says what is expected; rejects print it.
 *
 * @module
 */
import * as v from "valibot";
import type { Schema } from "./valibot/schema.ts";

/**
 * Any text that every engine can hold: well-formed Unicode without control characters. NUL breaks
 * PostgreSQL, a lone surrogate has no UTF-8, U+001F separates values in hashes, and decoders drop a
 * byte order mark that a text begins with.
 */
// deno-lint-ignore no-control-regex
const CLEAN = /^[^\u0000-\u001f\u007f-\u009f\ufeff\p{Surrogate}]*$/u;

/** Text, possibly empty, kept to the last space. */
export const text: Schema<string> = v.pipe(
  v.string(),
  v.regex(CLEAN, "text without control characters or lone surrogates"),
);

/** Text that is not empty. */
export const filledText: Schema<string> = v.pipe(
  v.string(),
  v.regex(CLEAN, "text without control characters or lone surrogates"),
  v.nonEmpty("text that is not empty"),
);

/** A UUID of any version, in lower case, so that what is stored as 16 bytes prints the same. */
export const uuid: Schema<string> = v.pipe(
  v.string(),
  v.regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    "a UUID in lower case",
  ),
);

/** A SHA-256 as the API prints it. */
export const sha256: Schema<string> = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits in lower case"),
);

/** A code that debr makes from a value: the first 16 hexadecimal digits of its SHA-256. */
export const code: Schema<string> = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{16}$/, "16 hexadecimal digits in lower case"),
);

/**
 * An address as this API makes them: one `@`, no white space. Valibot's `email()` refuses real ones
 * such as a local part with an apostrophe or doubled dots.
 */
export const email: Schema<string> = v.pipe(
  v.string(),
  v.regex(CLEAN, "text without control characters or lone surrogates"),
  v.regex(/^[^\s@]+@[^\s@]+$/, "an e-mail address"),
);

/** A web address. */
export const url: Schema<string> = v.pipe(
  v.string(),
  v.regex(CLEAN, "text without control characters or lone surrogates"),
  v.regex(/^https?:\/\/[^\s/]+\/\S*$/, "an address that starts with http:// or https://"),
);

const TIME = /T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z/.source;

/** The days that there are: in any month, in all but February, in long months, in leap years. */
const DAY: string = [
  /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])/,
  /\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)/,
  /\d{4}-(?:0[13578]|1[02])-31/,
  /(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29/,
].map(({ source }) => source).join("|");

const MOMENT: RegExp = new RegExp(`^(?:${DAY})${TIME}$`);

/** A moment in UTC with milliseconds, `1990-01-31T12:34:56.789Z`. */
export const timestamp: Schema<string> = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/,
    "a moment like 1990-01-31T12:34:56.789Z",
  ),
  v.check((text) => MOMENT.test(text), "a day that exists in its month"),
  // As data too, since no other engine sees into a check.
  v.metadata({ exact: MOMENT }),
);

const DECIMAL_TEXT = /^-?(?:0|[1-9]\d{0,2})\.\d{4}$/;

/**
 * Degrees either side of zero, four places. `below` is the pattern of the whole degrees below the
 * most. The check is data too, since no tool sees into one.
 */
function degrees(most: number, below: string): Schema<string> {
  const exact = new RegExp(`^-?(?:${below}\\.\\d{4}|${most}\\.0{4})$`);
  return v.pipe(
    v.string(),
    v.regex(DECIMAL_TEXT, "degrees with four decimals"),
    v.check((text) => exact.test(text), `degrees from -${most} to ${most}`),
    v.metadata({ range: { min: -most, max: most }, exact }),
  );
}

/** Degrees north of the equator, four places. */
export const latitude: Schema<string> = degrees(90, /[1-8]?\d/.source);

/** Degrees east of Greenwich, four places. */
export const longitude: Schema<string> = degrees(180, /(?:[1-9]?\d|1[0-7]\d)/.source);

/** Hours and minutes from UTC as the API writes them: `+5:45`, `-3:30`, `0:00`. */
export const utcOffset: Schema<string> = v.pipe(
  v.string(),
  v.regex(/^[+-]?(?:\d|1[0-4]):[0-5]\d$/, "an offset like +5:45"),
);

/** A whole number that 32 bits hold. */
export const integer: Schema<number> = v.pipe(
  v.number(),
  v.integer("a whole number"),
  v.minValue(-2147483648, "a number that 32 bits hold"),
  v.maxValue(2147483647, "a number that 32 bits hold"),
);

/** One of the two genders the API knows. */
export const gender: Schema<"female" | "male"> = v.picklist(
  ["female", "male"],
  "female or male",
);
