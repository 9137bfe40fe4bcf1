/**
 * The schemas of the values in both the API's person and debr's tables. Rejects print the message
 * of a rule.
 *
 * @module
 */
import * as v from "valibot";
import type { Schema } from "./valibot/schema.ts";

/**
 * Text that every engine can store: well-formed Unicode without control characters. NUL breaks
 * PostgreSQL, a lone surrogate has no UTF-8, U+001F separates values in hashes, and decoders drop a
 * byte order mark at the start of a text.
 */
const clean = v.regex<string, string>(
  // deno-lint-ignore no-control-regex
  /^[^\u0000-\u001f\u007f-\u009f\ufeff\p{Surrogate}]*$/u,
  "text without control characters or lone surrogates",
);

/** Text, possibly empty, with all its spaces. */
export const text: Schema<string> = v.pipe(v.string(), clean);

/** Text that is not empty. */
export const filledText: Schema<string> = v.pipe(
  v.string(),
  clean,
  v.nonEmpty("text that is not empty"),
);

/** A UUID of any version in lower case, so that 16 stored bytes print as the same text. */
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

/** A code that debr computes: the first 16 hexadecimal digits of a value's SHA-256. */
export const code: Schema<string> = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{16}$/, "16 hexadecimal digits in lower case"),
);

/**
 * An email address of this API: one `@`, no white space. Valibot's `email()` rejects some of its
 * addresses, for example a local part with an apostrophe or doubled dots.
 */
export const email: Schema<string> = v.pipe(
  v.string(),
  clean,
  v.regex(/^[^\s@]+@[^\s@]+$/, "an e-mail address"),
);

/** A web address. */
export const url: Schema<string> = v.pipe(
  v.string(),
  clean,
  v.regex(/^https?:\/\/[^\s/]+\/\S*$/, "an address that starts with http:// or https://"),
);

const TIME = /T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z/.source;

/** Existing days: in all months, in all except February, in long months, in leap years. */
const DAY: string = [
  /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])/,
  /\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)/,
  /\d{4}-(?:0[13578]|1[02])-31/,
  /(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29/,
].map(({ source }) => source).join("|");

const MOMENT: RegExp = new RegExp(`^(?:${DAY})${TIME}$`);

/** A timestamp in UTC with milliseconds, `1990-01-31T12:34:56.789Z`. */
export const timestamp: Schema<string> = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/,
    "a moment like 1990-01-31T12:34:56.789Z",
  ),
  v.check((text) => MOMENT.test(text), "a day that exists in its month"),
  // Declares the rule also as data, because other engines cannot read the function of a check.
  v.metadata({ exact: MOMENT }),
);

const DECIMAL_TEXT = /^-?(?:0|[1-9]\d{0,2})\.\d{4}$/;

/**
 * Makes a schema of degrees from -`most` to `most` with four decimals; `below` is the pattern of
 * whole degrees below `most`. The rule is also data, because tools cannot read a check's function.
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

/** Degrees north of the equator, with four decimals. */
export const latitude: Schema<string> = degrees(90, /[1-8]?\d/.source);

/** Degrees east of Greenwich, with four decimals. */
export const longitude: Schema<string> = degrees(180, /(?:[1-9]?\d|1[0-7]\d)/.source);

/** Hours and minutes from UTC as the API writes them: `+5:45`, `-3:30`, `0:00`. */
export const utcOffset: Schema<string> = v.pipe(
  v.string(),
  v.regex(/^[+-]?(?:\d|1[0-4]):[0-5]\d$/, "an offset like +5:45"),
);

/** A signed integer of 32 bits. */
export const integer: Schema<number> = v.pipe(
  v.number(),
  v.integer("a whole number"),
  v.minValue(-2147483648, "a number that 32 bits hold"),
  v.maxValue(2147483647, "a number that 32 bits hold"),
);

/** One of the two genders of the API. */
export const gender: Schema<"female" | "male"> = v.picklist(
  ["female", "male"],
  "female or male",
);
