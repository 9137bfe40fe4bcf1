// The schema of a person as one pattern over JSON, by which DuckDB and Spark validate landed
// people. Rules that it cannot express are refused, so that no engine checks less.
// A landed person is JSON as `JSON.stringify` writes it: no spaces, keys in the order of the
// schema.
import { translate } from "../common/regex.ts";
import {
  areIntegers,
  choicesOf,
  flat,
  metadataOf,
  type Parts,
  patternOf,
  rangeOf,
  typeOf,
  wantsText,
} from "../../schema/valibot/parts.ts";

/** The pattern of texts that every engine can hold. */
const CLEAN_SOURCE = /\\p\{Surrogate\}\]\*\$$/;

/** A negated class, `\S`, an escape, or a character, with its quantifier. */
const PIECE = /(\[\^(?:\\.|[^\]])+\]|\\S)([*+]?)|\\.|\[(?:\\.|[^\]])+\]|[^]/gu;

/** Pattern parts for texts that JSON writes without escapes. */
const PLAIN = /^(?:\\[d.]|\[[\w+-]+\]|[\w:@?|(){}+*,-])$/;

function refuse(item: Parts, why: string): never {
  throw new TypeError(`Cannot write ${item.type} as a pattern: ${why}`);
}

/** The inside of a negated class, in RE2 and Java alike. */
function inside(negated: string): string {
  const source = negated === "\\S" ? "[^\\s]" : negated;
  return translate(new RegExp(source, "u"), "re2").replace(/^\(\)/, "").slice(2, -1);
}

// Characters of a negated class, with quotes and backslashes escaped as in JSON. No alternatives
// overlap, so backtracking engines stay fast.
function jsonClass(negated: string, quantifier: string, clean: string): string {
  const both = negated === clean ? inside(clean) : inside(negated) + inside(clean);
  const one = `[^"\\\\${both}]`;
  const many = `${one}*(?:\\\\["\\\\]${one}*)*`;
  if (quantifier === "*") return many;
  const first = `(?:${one}|\\\\["\\\\])`;
  return quantifier === "+" ? first + many : first;
}

function jsonText(item: Parts, { source }: RegExp, clean: string | undefined): string {
  if (!source.startsWith("^") || !source.endsWith("$")) refuse(item, "it is not of whole texts");
  const written = Array.from(
    source.slice(1, -1).matchAll(PIECE),
    ([piece, negated, quantifier]) => {
      if (negated === undefined) {
        const plain = piece === "\\/" ? "/" : piece;
        return PLAIN.test(plain) || plain === "/" ? plain : refuse(item, `${piece} in ${source}`);
      }
      if (clean === undefined) return refuse(item, `${piece} takes what no engine holds`);
      return jsonClass(negated, quantifier ?? "", clean);
    },
  );
  return `"${written.join("")}"`;
}

function stringPattern(item: Parts, filled: boolean): string {
  const items = flat(item);
  const { exact } = metadataOf(items);
  if (exact !== undefined) return jsonText(item, exact, undefined);
  if (items.some(({ type }) => type === "check")) refuse(item, "it has a check and no pattern");
  const patterns = items.flatMap((item) => patternOf(item) ?? []);
  const clean = patterns.find(({ source }) => CLEAN_SOURCE.test(source));
  const [own, ...more] = patterns.filter((pattern) => pattern !== clean);
  if (more.length > 0) refuse(item, "it has several patterns");
  const negated = clean?.source.slice(1, -2);
  if (own !== undefined) return jsonText(item, own, negated);
  if (negated === undefined) return refuse(item, "it takes any text");
  const isFilled = filled || items.some(wantsText);
  return jsonText(item, new RegExp(`^${negated}${isFilled ? "+" : "*"}$`, "u"), negated);
}

function numberPattern(item: Parts): string {
  const items = flat(item);
  if (!areIntegers(items)) refuse(item, "it is no integer");
  const { min, max } = rangeOf(items);
  if (!Number.isSafeInteger(max) || !Number.isSafeInteger(min)) refuse(item, "it is unbounded");
  return integerPattern(min, max);
}

/** Whole numbers from 0 to `most`, without leading zeros. */
function upTo(most: number): string {
  const digits = String(most);
  const rest = (length: number) => length === 0 ? "" : `\\d{${length}}`;
  const shorter = digits.length > 1 ? [`[1-9]\\d{0,${digits.length - 2}}`] : [];
  const below = Array.from(digits, (digit, at) => {
    const least = at === 0 ? 1 : 0;
    if (Number(digit) <= least) return [];
    const start = `${digits.slice(0, at)}[${least}-${Number(digit) - 1}]`;
    return [start + rest(digits.length - at - 1)];
  }).flat();
  return `(?:${["0", ...shorter, ...below, digits].join("|")})`;
}

/** Whole numbers between two inclusive bounds, as JSON writes them. */
export function integerPattern(least: number, most: number): string {
  if (least > 0 || most < 0) throw new RangeError("Cannot write a range without zero");
  return least === 0 ? upTo(most) : `(?:-${upTo(-least)}|${upTo(most)})`;
}

function objectPattern(item: Parts): string {
  const { entries = {} } = item;
  const own = item.pipe?.slice(1) ?? [];
  const { together, pairs } = metadataOf(own);
  const checks = own.filter(({ type }) => type === "check").length;
  if (checks !== Number(together !== undefined) + Number(pairs !== undefined)) {
    refuse(item, "it has a check that is not there as data");
  }
  const whole = (field: (name: string, entry: Parts) => string) =>
    Object.entries(entries).map(([name, entry]) => `"${name}":${field(name, entry)}`).join(",");
  if (together === undefined) return `\\{${whole((_, entry) => jsonPattern(entry))}\\}`;
  const given = (name: string) => JSON.stringify(together[name]);
  const all = whole((name, entry) => name in together ? given(name) : jsonPattern(entry));
  const none = whole((name, entry) =>
    name in together ? jsonPattern(entry, { except: together[name] ?? null }) : jsonPattern(entry)
  );
  return `\\{(?:${all}|${none})\\}`;
}

/**
 * The pattern of all JSON that fits a schema, without `^` and `$`, in the dialect that RE2 and Java
 * share. Throws a `TypeError` for rules that no pattern can express.
 */
export function jsonPattern(
  item: Parts,
  { except }: { readonly except?: string | null } = {},
): string {
  const type = typeOf(item);
  if (type === "object") return objectPattern(item);
  if (type === "string") return stringPattern(item, except === "");
  if (type === "number") return numberPattern(item);
  if (type === "picklist") {
    return jsonText(item, new RegExp(`^(?:${choicesOf(item)?.join("|")})$`), undefined);
  }
  if (type === "union") {
    return `(?:${(item.options as Parts[]).map((one) => jsonPattern(one)).join("|")})`;
  }
  if (type !== "nullable") return refuse(item, "no pattern is known for it");
  const inner = jsonPattern(item.wrapped!);
  return except === null ? inner : `(?:null|${inner})`;
}
