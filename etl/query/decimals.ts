// DuckDB 0.9.1 cuts the places of a DECIMAL that do not fit the type of a cast or a column. A macro
// for the number of places rounds them first.
import { isName, nesting, type Token } from "./lexer.ts";
import { usage } from "./errors.ts";

/** A part of a statement, and the texts to add around it. */
export interface Wrapped {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/** Creates the macros that a text calls. The cast of a text rounds, unlike that of a DECIMAL. */
export function roundingMacros(sql: string): string[] {
  const all = new Set(sql.matchAll(/\bdebr_round_(\d+)\(/g).map(([, places]) => places));
  return [...all].map((places) =>
    `create or replace macro debr_round_${places}(x) as case when typeof(x) like 'DECIMAL%' and ` +
    `try_cast(regexp_extract(typeof(x), ',(\\d+)', 1) as int) > ${places} ` +
    `then x::varchar::decimal(38, ${places}) else x end`
  );
}

export function rounded(value: readonly Token[], places: number | undefined): Wrapped[] {
  const [first, last] = [value[0], value.at(-1)];
  if (places === undefined || first === undefined || last === undefined) return [];
  return [{ start: first.start, end: last.end, before: ` debr_round_${places}(`, after: ")" }];
}

/** Refuses a DECIMAL inside another type, which no macro reaches. */
export function refuseNested(): never {
  const what = "a DECIMAL in a list, struct or map is cut, not rounded";
  const next = { code: "native_runs_it" } as const;
  throw usage(`Cannot run SQL: wrong in DuckDB 0.9.1: ${what}`, { next });
}

/** Finds the closing bracket of the opening one. */
export function closing(tokens: readonly Token[], at: number): number {
  for (let depth = 0, to = at; to < tokens.length; to++) {
    depth += nesting(tokens[to]!);
    if (depth === 0) return to;
  }
  return tokens.length - 1;
}

const CLOSED_BY: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Finds the opening bracket, or the CASE, of the closing token. */
function opening(tokens: readonly Token[], at: number): number {
  const close = tokens[at]!.text;
  const open = CLOSED_BY[close] ?? "case";
  for (let depth = 0, from = at; from >= 0; from--) {
    if (tokens[from]!.text === close) depth++;
    if (tokens[from]!.text === open && --depth === 0) return from;
  }
  return 0;
}

/** Words that call no function, even directly before a bracket. */
const NO_CALL = /^(?:select|in|and|or|not|when|then|else|by|on|where|having|values|as|from)$/;

/** Finds where an operand begins, given its last token: a path, call, bracket, CASE or cast. */
function operandFrom(tokens: readonly Token[], to: number): number {
  const { kind, text } = tokens[to]!;
  let from = kind === "symbol" && text in CLOSED_BY || kind === "name" && text === "end"
    ? opening(tokens, to)
    : to;
  const before = tokens[from - 1];
  const begin = tokens[from]!.text;
  if (begin === "(" && isName(before)) {
    // FILTER (…), OVER (…) and WITHIN GROUP (…) follow their call.
    if (/^(?:filter|over)$/.test(before.text)) return operandFrom(tokens, from - 2);
    if (before.text === "group") return operandFrom(tokens, from - 3);
    if (before.end === tokens[from]!.start && !NO_CALL.test(before.text)) from--;
  } else if (begin === "[" && before && !NO_CALL.test(before.text)) {
    return operandFrom(tokens, from - 1);
  }
  if (tokens[from - 1]?.text === "." && tokens[from - 2] !== undefined) {
    return isName(tokens[from - 2]) || tokens[from - 2]!.text in CLOSED_BY
      ? operandFrom(tokens, from - 2)
      : from - 1;
  }
  const isCast = tokens[from - 1]?.text === ":" && tokens[from - 2]?.text === ":";
  return isCast ? operandFrom(tokens, from - 3) : from;
}

/** Returns the places of the type at a position; `undefined` if it is not a DECIMAL. */
function placesAt(tokens: readonly Token[], at: number): number | undefined {
  const end = tokens[at + 1]?.text === "(" ? closing(tokens, at + 1) : at;
  const named = tokens.slice(at, end + 1).map(({ text }) => /^(?:decimal|numeric|dec)$/.test(text));
  const isNested = /^(?:struct|row|map|union)$/.test(tokens[at]?.text ?? "") ||
    tokens[end + 1]?.text === "[";
  if (isNested && named.includes(true)) refuseNested();
  if (!named[0] || end === at) return named[0] ? 3 : undefined;
  return tokens[at + 3]?.text === "," ? Number(tokens[at + 4]?.text) : 0;
}

/** Finds the operands of casts to DECIMAL: `x::decimal(5, 2)`, `cast(x as decimal(5, 2))`. */
export function decimalCasts(tokens: readonly Token[]): Wrapped[] {
  return tokens.flatMap(({ text }, at): Wrapped[] => {
    if (text === ":" && tokens[at + 1]?.text === ":" && at > 0) {
      return rounded(tokens.slice(operandFrom(tokens, at - 1), at), placesAt(tokens, at + 2));
    }
    if (text !== "as") return [];
    let from = at;
    for (let depth = 0; from >= 0 && depth < 1; from--) depth += nesting(tokens[from]!);
    const isCast = /^(?:try_)?cast$/.test(tokens[from]?.text ?? "");
    return isCast ? rounded(tokens.slice(from + 2, at), placesAt(tokens, at + 1)) : [];
  });
}
