// Parses expressions that match whole texts, without references or assertions; rejects others.
import { CLASSES } from "../../../common/regex.ts";

/** Inclusive ranges of code points, ascending and disjoint. */
type Ranges = readonly (readonly [first: number, last: number])[];

export type Pattern =
  | { readonly set: Ranges }
  | { readonly all: readonly Pattern[] }
  | { readonly any: readonly Pattern[] }
  | { readonly of: Pattern; readonly least: number; readonly most: number };

const LAST = 0x10ffff;

/** The surrogates, which well-formed text does not contain. */
const SURROGATES = [0xd800, 0xdfff] as const;

function allBut(ranges: Ranges): Ranges {
  const sorted = [...ranges, SURROGATES].toSorted(([a], [b]) => a - b);
  const left: [number, number][] = [];
  let next = 0;
  for (const [first, last] of sorted) {
    if (first > next) left.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST) left.push([next, LAST]);
  return left;
}

/** Tokens of the source, longest first. */
const TOKEN = /\(\?:|\\u[0-9a-f]{4}|\\p\{Surrogate\}|\\[^\w]|\\[dsS]|\{\d+(?:,\d*)?\}|[^\\]/guy;

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  readonly source: string;
  readonly unicode: boolean;

  constructor(source: string, unicode: boolean) {
    this.source = source;
    this.unicode = unicode;
    this.#tokens = source.match(TOKEN) ?? [];
    const { length } = this.#tokens.join("");
    if (length < source.length) this.refuse(source.slice(length));
  }

  get peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(token: string): boolean {
    if (this.peek !== token) return false;
    this.#at++;
    return true;
  }

  next(): string {
    return this.#tokens[this.#at++] ?? this.refuse("its end");
  }

  refuse(what: string): never {
    throw new TypeError(`Cannot parse pattern ${this.source}: ${what}`);
  }
}

const SETS: Readonly<Record<string, Ranges>> = {
  "\\d": CLASSES["d"]!,
  "\\s": CLASSES["s"]!,
  "\\S": allBut(CLASSES["s"]!),
  "\\p{Surrogate}": [],
};

function setOf(reader: Reader, token: string): Ranges {
  const [, hex, char] = /^(?:\\u(.{4})|\\?(.))$/su.exec(token) ?? [];
  const code = hex === undefined ? char?.codePointAt(0) : parseInt(hex, 16);
  return SETS[token] ?? (code === undefined ? reader.refuse(token) : [[code, code]]);
}

function readClass(reader: Reader): Ranges {
  const negated = reader.take("^");
  const ranges: (readonly [number, number])[] = [];
  while (!reader.take("]")) {
    const from = setOf(reader, reader.next());
    if (!reader.take("-")) ranges.push(...from);
    else if (reader.peek === "]") ranges.push(...from, [0x2d, 0x2d]);
    else ranges.push([from[0]![0], setOf(reader, reader.next())[0]![0]]);
  }
  return negated ? allBut(ranges) : ranges.toSorted(([a], [b]) => a - b);
}

const QUANTIFIERS: Readonly<Record<string, readonly [number, number]>> = {
  "*": [0, Infinity],
  "+": [1, Infinity],
  "?": [0, 1],
};

function readQuantified(reader: Reader, pattern: Pattern): Pattern {
  const token = reader.peek ?? "";
  const [, from, comma, to] = /^\{(\d+)(,?)(\d*)\}$/.exec(token) ?? [];
  const [least, most] = from === undefined
    ? QUANTIFIERS[token] ?? [1, 1]
    : [Number(from), comma === "" ? Number(from) : to === "" ? Infinity : Number(to)];
  // Without flag u, a set matches each surrogate half separately; only `*` and `+` match the same.
  const many = most === Infinity && least < 2;
  if (!reader.unicode && !many && "set" in pattern && (pattern.set.at(-1)?.[1] ?? 0) > 0xffff) {
    reader.refuse("characters beyond U+FFFF without the flag u");
  }
  if (least === 1 && most === 1 && from === undefined) return pattern;
  reader.next();
  return { of: pattern, least, most };
}

function readAtom(reader: Reader): Pattern {
  const token = reader.next();
  if (token === "(?:") {
    const inner = readAny(reader);
    return reader.take(")") ? inner : reader.refuse("a group without an end");
  }
  if (token === "[") return { set: readClass(reader) };
  return /^[()\]{}*+?.^$]$/.test(token) ? reader.refuse(token) : { set: setOf(reader, token) };
}

function readAny(reader: Reader): Pattern {
  const any: Pattern[] = [];
  do {
    const all: Pattern[] = [];
    while (reader.peek !== undefined && reader.peek !== "|" && reader.peek !== ")") {
      all.push(readQuantified(reader, readAtom(reader)));
    }
    any.push({ all });
  } while (reader.take("|"));
  return any.length === 1 ? any[0]! : { any };
}

/** Parses `^…$`; throws a `TypeError` for unsupported syntax. */
export function parsePattern({ source, flags }: RegExp): Pattern {
  const reader = new Reader(source.slice(1, -1), flags === "u");
  if (!/^\^.*\$$/s.test(source) || !/^u?$/.test(flags)) reader.refuse("it is not of whole texts");
  const pattern = readAny(reader);
  if (reader.peek !== undefined) reader.refuse(reader.peek);
  return "any" in pattern ? reader.refuse("alternatives without a group") : pattern;
}
