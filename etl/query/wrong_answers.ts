// Makes statements fail for which DuckDB 0.9.1, the WebAssembly engine, returns wrong answers.
import { callOf, decimalCasts, decimalColumns, roundingMacros, type Wrapped } from "./decimals.ts";
import type { Listing } from "./engine.ts";
import { findOutside, isName, lex, type Token } from "./lexer.ts";
import { NATIVE, usage } from "./errors.ts";

/** The prefix of the engine's message in place of a wrong answer. */
export const WRONG = "Wrong in DuckDB 0.9.1: ";

/** The macro around arguments that must not be DECIMAL: those interpolate to the lower row. */
const NOT_DECIMAL = "debr_not_decimal";

/** Replaces the function that `map[key]` calls: DuckDB 0.9.1 returns a list, not the value. */
export const MAP_MACRO = `create macro map_extract(m, k) as error('${WRONG}` +
  "a map by its [key]; write element_at(map, key)[1]')";

/** Creates the macros that a text calls. */
export function macrosIn(sql: string): string[] {
  const macro = `create or replace macro ${NOT_DECIMAL}(x) as case when typeof(x) like ` +
    `'DECIMAL%' then error('${WRONG}` +
    "median and quantile_cont of a DECIMAL; cast it, as in median(x::double)') else x end";
  return [...(sql.includes(NOT_DECIMAL) ? [macro] : []), ...roundingMacros(sql)];
}

const QUANTILES = new Set("median quantile_cont list_median".split(" "));
const BY_NAME = new Set("list_aggregate list_aggr array_aggregate array_aggr aggregate".split(" "));
const SCHEMAS = new Set("main system temp memory".split(" "));
const ENDS = new Set("order asc desc nulls ignore respect".split(" "));

/** Returns the position after an argument: at a comma, a closing bracket or an ending keyword. */
function endOf(tokens: readonly Token[], from: number): number {
  const isEnd = ({ kind, text }: Token) =>
    kind === "name" ? ENDS.has(text) : kind === "symbol" && ",)".includes(text);
  return findOutside(tokens, isEnd, from);
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

/** Finds arguments of quantiles. Throws a `UsageError` if the answer would be wrong. */
function quantiled(tokens: readonly Token[]): Wrapped[] {
  return tokens.flatMap(({ kind, text }, at): Wrapped[] => {
    const fail = (what: string) => {
      throw usage(`Cannot run SQL: wrong in DuckDB 0.9.1: ${what}`, NATIVE);
    };
    if (kind === "number" && text.includes("_")) fail(`${text} is read as a number and a name`);
    if (kind === "name" && /^(?:intersect|except)$/.test(text) && tokens[at + 1]?.text === "all") {
      fail(`${text.toUpperCase()} ALL drops repeated rows`);
    }
    if (!isName(tokens[at]) || tokens[at + 1]?.text !== "(") return [];
    const from = interpolated(tokens, at);
    if (from === undefined) return [];
    if (tokens[at - 1]?.text === "." && !SCHEMAS.has(tokens[at - 2]?.text ?? "")) {
      throw usage(`Cannot run SQL: expected ${text}(x), found x.${text}()`, NATIVE);
    }
    return callOf(NOT_DECIMAL, tokens.slice(from, endOf(tokens, from)));
  });
}

/** Wraps parts of a statement. If several begin or end at one position, the longest is outermost. */
function wrap(sql: string, wrapped: readonly Wrapped[]): string {
  const [starts, ends] = [new Map<number, string>(), new Map<number, string>()];
  for (const part of wrapped.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    starts.set(part.start, part.before + (starts.get(part.start) ?? ""));
    ends.set(part.end, (ends.get(part.end) ?? "") + part.after);
  }
  const places = [...new Set([0, ...starts.keys(), ...ends.keys()])].sort((a, b) => a - b);
  return places.map((at, index) =>
    (ends.get(at) ?? "") + (starts.get(at) ?? "") + sql.slice(at, places[index + 1])
  ).join("");
}

/** `list` answers what the columns of the session's tables are. */
export async function withoutWrongAnswers(
  sql: string,
  list: (sql: string) => Promise<Listing>,
): Promise<string> {
  const { tokens } = lex(sql);
  const columns = await decimalColumns({ sql, tokens }, list);
  return wrap(sql, [...quantiled(tokens), ...decimalCasts(tokens), ...columns]);
}
