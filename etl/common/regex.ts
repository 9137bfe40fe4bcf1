// Translates JavaScript's patterns for other engines; refuses those that would match other texts.
import { UsageError } from "./errors.ts";

/** The dialects of DuckDB, Python, PostgreSQL, MariaDB and MySQL, in this order. */
export type PatternDialect = "re2" | "python" | "postgres" | "pcre" | "icu";

const SPACE = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
] as const;
export const CLASSES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  s: SPACE,
  d: [[0x30, 0x39]],
  w: [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]],
};
const LINE_ENDS = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]] as const;

const PIECE =
  /\\u\{([0-9A-Fa-f]+)\}|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\([pP]\{[^}]*\}|[^])|\(\?(?!:)|[^]/guy;

// DuckDB 0.9 misreads literal texts beyond ASCII. An empty group makes the pattern no literal.
const BEYOND_ASCII = /[^\0-\x7f]|\\u|\\x[89a-f]/i;

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };

function codePoint(code: number, dialect: PatternDialect): string {
  return dialect === "python" || dialect === "postgres"
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\x{${code.toString(16)}}`;
}

function ranges(list: readonly (readonly [number, number])[], dialect: PatternDialect): string {
  return list.map(([from, to]) =>
    codePoint(from, dialect) + (to > from ? `-${codePoint(to, dialect)}` : "")
  ).join("");
}

function refuse(pattern: RegExp, piece: string): never {
  throw new UsageError(
    `Cannot use pattern ${pattern}: ${piece} does not mean the same in every engine`,
    { step: "expectations" },
  );
}

function escape(text: string, pattern: RegExp, { inClass, dialect }: Place): string {
  const known = CLASSES[text.toLowerCase()];
  if (known !== undefined) {
    const negated = text !== text.toLowerCase();
    if (negated && inClass) return refuse(pattern, `[\\${text}]`);
    return inClass ? ranges(known, dialect) : `[${negated ? "^" : ""}${ranges(known, dialect)}]`;
  }
  // No engine's text can contain a lone surrogate.
  if (text === "p{Surrogate}" && inClass) return "";
  const control = CONTROLS[text];
  if (control !== undefined) return codePoint(control, dialect);
  if (/^[a-z0-9]/i.test(text)) return refuse(pattern, `\\${text}`);
  return text === "/" ? "/" : `\\${text}`;
}

interface Place {
  readonly inClass: boolean;
  readonly dialect: PatternDialect;
}

function plain(piece: string, pattern: RegExp, { inClass, dialect }: Place): string {
  if (inClass) return piece === "[" ? "\\[" : piece;
  if (piece.startsWith("(?")) return refuse(pattern, `${piece}…)`);
  if (piece === ".") return `[^${ranges(LINE_ENDS, dialect)}]`;
  // In Python `$` also matches before a final line feed.
  if (piece === "$" && dialect === "python") return "\\Z";
  return piece === "$" && (dialect === "pcre" || dialect === "icu") ? "\\z" : piece;
}

/**
 * Translates a pattern, which searches anywhere like `RegExp.test`. Throws a `UsageError` for
 * flags other than `u`, look-around, named groups, back references, word boundaries, Unicode properties.
 */
export function translate(pattern: RegExp, dialect: PatternDialect): string {
  const flags = pattern.flags.replace("u", "");
  if (flags !== "") refuse(pattern, `the flag ${flags}`);
  let inClass = false;
  const translated = Array.from(pattern.source.matchAll(PIECE), (match) => {
    const [piece, braced, four, two, escaped] = match;
    const place = { inClass, dialect };
    const hex = braced ?? four ?? two;
    if (hex !== undefined) return codePoint(parseInt(hex, 16), dialect);
    if (escaped !== undefined) return escape(escaped, pattern, place);
    if (!inClass && piece === "[") inClass = true;
    else if (inClass && piece === "]") inClass = false;
    return piece === "[" && inClass && !place.inClass ? "[" : plain(piece, pattern, place);
  }).join("");
  if (/\[\^?\]/.test(translated)) refuse(pattern, "an empty class");
  return dialect === "re2" && BEYOND_ASCII.test(pattern.source) ? `()${translated}` : translated;
}
