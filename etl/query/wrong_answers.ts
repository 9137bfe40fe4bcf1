// Makes statements fail for which DuckDB 0.9.1, the WebAssembly engine, returns wrong answers.
import { isName, lex, nesting, type Token } from "./lexer.ts";
import { usage } from "./errors.ts";

/** The prefix of the engine's message in place of a wrong answer. */
export const WRONG = "Wrong in DuckDB 0.9.1: ";

/** The macro around arguments that must not be DECIMAL: those interpolate to the lower row. */
const NOT_DECIMAL = "debr_not_decimal";

/** The macro around operands of a cast to DECIMAL, which cuts places that do not fit. */
const NOT_CUT = "debr_not_cut";

/** Replaces the function that `map[key]` calls: DuckDB 0.9.1 returns a list, not the value. */
export const MAP_MACRO = `create macro map_extract(m, k) as error('${WRONG}` +
  "a map by its [key]; write element_at(map, key)[1]')";

export const MACROS = [
  `create or replace macro ${NOT_DECIMAL}(x) as case when typeof(x) like 'DECIMAL%' ` +
  `then error('${WRONG}` +
  "median and quantile_cont of a DECIMAL; cast it, as in median(x::double)') else x end",
  `create or replace macro ${NOT_CUT}(x, s) as case when typeof(x) like 'DECIMAL%' and ` +
  `try_cast(regexp_extract(typeof(x), ',(\\d+)', 1) as int) > s then error('${WRONG}` +
  "a DECIMAL is cut, not rounded, by a cast to fewer places; write round(x, 2)::decimal(5, 2)') " +
  "else x end",
];

const NATIVE = { next: { code: "native_runs_it" } } as const;

const QUANTILES = new Set("median quantile_cont list_median".split(" "));
const BY_NAME = new Set("list_aggregate list_aggr array_aggregate array_aggr aggregate".split(" "));
const SCHEMAS = new Set("main system temp memory".split(" "));
const ENDS = new Set("order asc desc nulls ignore respect".split(" "));

/** Returns the position after an argument: at a comma, a closing bracket or an ending keyword. */
function endOf(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    const ends = kind === "name" ? ENDS.has(text) : kind === "symbol" && ",)".includes(text);
    if (depth === 0 && ends) return at;
    depth += nesting(tokens[at]!);
  }
  return tokens.length;
}

function interpolated(tokens: readonly Token[], at: number): number | undefined {
  const { text } = tokens[at]!;
  if (QUANTILES.has(text)) {
    return at + (/^(?:distinct|all)$/.test(tokens[at + 2]?.text ?? "") ? 3 : 2);
  }
  const end = endOf(tokens, at + 2);
  if (BY_NAME.has(text)) {
    return /^'(?:median|quantile_cont)'$/i.test(tokens[end + 1]?.text ?? "") ? at + 2 : undefined;
  }
  const within = tokens.slice(end + 1, end + 6).map(({ text }) => text).join(" ");
  return text === "percentile_cont" && within === "within group ( order by" ? end + 6 : undefined;
}

/** A part of a statement to wrap in a macro, with further macro arguments. */
interface Wrapped {
  readonly start: number;
  readonly end: number;
  readonly macro: string;
  readonly more?: string;
}

/** Finds arguments of quantiles. Throws a `UsageError` if the answer would be wrong. */
function quantiled(tokens: readonly Token[]): Wrapped[] {
  return tokens.flatMap(({ kind, text }, at): Wrapped[] => {
    if (kind === "name" && /^(?:intersect|except)$/.test(text) && tokens[at + 1]?.text === "all") {
      const what = `${text.toUpperCase()} ALL drops repeated rows`;
      throw usage(`Cannot run SQL: wrong in DuckDB 0.9.1: ${what}`, NATIVE);
    }
    if (!isName(tokens[at]) || tokens[at + 1]?.text !== "(") return [];
    const from = interpolated(tokens, at);
    if (from === undefined) return [];
    if (tokens[at - 1]?.text === "." && !SCHEMAS.has(tokens[at - 2]?.text ?? "")) {
      throw usage(`Cannot run SQL: expected ${text}(x), found x.${text}()`, NATIVE);
    }
    const [first, last] = [tokens[from], tokens[endOf(tokens, from) - 1]];
    return first && last ? [{ start: first.start, end: last.end, macro: NOT_DECIMAL }] : [];
  });
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
  } else if (begin === "[" && before && (isName(before) || before.text in CLOSED_BY)) {
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

function scaleOf(tokens: readonly Token[], at: number): number | undefined {
  if (!/^(?:decimal|numeric|dec)$/.test(tokens[at]?.text ?? "")) return undefined;
  if (tokens[at + 1]?.text !== "(") return 3;
  return tokens[at + 3]?.text === "," ? Number(tokens[at + 4]?.text) : 0;
}

/** Finds the operands of casts to DECIMAL: `x::decimal(5, 2)`, `cast(x as decimal(5, 2))`. */
function decimalCasts(tokens: readonly Token[]): Wrapped[] {
  return tokens.flatMap(({ text }, at): Wrapped[] => {
    const isShort = text === ":" && tokens[at + 1]?.text === ":" && at > 0;
    const scale = scaleOf(tokens, isShort ? at + 2 : at + 1);
    if (scale === undefined) return [];
    const cut = (from: number) => {
      const [start, end] = [tokens[from]!.start, tokens[at - 1]!.end];
      return [{ start, end, macro: NOT_CUT, more: `, ${scale}` }];
    };
    if (isShort) return cut(operandFrom(tokens, at - 1));
    if (text !== "as") return [];
    let from = at;
    for (let depth = 0; from >= 0 && depth < 1; from--) depth += nesting(tokens[from]!);
    return /^(?:try_)?cast$/.test(tokens[from]?.text ?? "") ? cut(from + 2) : [];
  });
}

export function withoutWrongAnswers(sql: string): string {
  const { tokens } = lex(sql);
  const wrapped = [...quantiled(tokens), ...decimalCasts(tokens)]
    .filter(({ start, end }) => start < end);
  // If several begin or end at one position, the longest is outermost.
  const closing = (at: number) =>
    wrapped.filter(({ end }) => end === at).sort((a, b) => b.start - a.start)
      .map(({ more = "" }) => `${more})`);
  const opening = (at: number) =>
    wrapped.filter(({ start }) => start === at).sort((a, b) => b.end - a.end)
      .map(({ macro }) => ` ${macro}(`);
  const places = [...new Set(wrapped.flatMap(({ start, end }) => [start, end]))]
    .sort((a, b) => a - b);
  let safe = "";
  places.forEach((at, index) => {
    safe += sql.slice(places[index - 1] ?? 0, at) + [...closing(at), ...opening(at)].join("");
  });
  return safe + sql.slice(places.at(-1) ?? 0);
}
