// DuckDB 0.9.1 cuts the places of a DECIMAL that do not fit the type of a cast or a column. A macro
// for the number of places rounds them first.
import { identifier, type Listing, literal } from "./engine.ts";
import {
  findOutside,
  isName,
  nesting,
  splitAtCommas,
  type Statement,
  type Token,
} from "./lexer.ts";
import { NATIVE, usage } from "./errors.ts";

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

export function callOf(macro: string, value: readonly Token[]): Wrapped[] {
  const [first, last] = [value[0], value.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ start: first.start, end: last.end, before: ` ${macro}(`, after: ")" }];
}

/** Returns the places of a type; `undefined` if it is not a DECIMAL. No macro reaches nested ones. */
function placesOf(type = ""): number | undefined {
  const [plain, brackets, places] =
    /^(?:decimal|numeric|dec)(\s*\([^,[\]]*(?:,\s*(\d+))?[^[\]]*)?$/i.exec(type) ?? [];
  if (plain !== undefined) return Number(places ?? (brackets ? 0 : 3));
  if (!/\b(?:decimal|numeric|dec)\b/i.test(type)) return undefined;
  const what = "a DECIMAL in a list, struct or map is cut, not rounded";
  throw usage(`Cannot run SQL: wrong in DuckDB 0.9.1: ${what}`, NATIVE);
}

function rounded(value: readonly Token[], type: string | undefined): Wrapped[] {
  const places = value[0]?.text === "default" ? undefined : placesOf(type);
  return places === undefined ? [] : callOf(`debr_round_${places}`, value);
}

function closing(tokens: readonly Token[], at: number): number {
  return findOutside(tokens, (token) => nesting(token) < 0, at + 1);
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

/** Returns the words of the type at a position: `decimal ( 5 , 2 ) [ ]`. */
function typeAt(tokens: readonly Token[], at: number): string {
  let end = at + 1;
  while (/^[([]$/.test(tokens[end]?.text ?? "")) end = closing(tokens, end) + 1;
  return tokens.slice(at, end).map(({ text }) => text).join(" ");
}

/** Finds the operands of casts to DECIMAL: `x::decimal(5, 2)`, `cast(x as decimal(5, 2))`. */
export function decimalCasts(tokens: readonly Token[]): Wrapped[] {
  return tokens.flatMap(({ text }, at): Wrapped[] => {
    if (text === ":" && tokens[at + 1]?.text === ":" && at > 0) {
      return rounded(tokens.slice(operandFrom(tokens, at - 1), at), typeAt(tokens, at + 2));
    }
    if (!/^(?:try_)?cast$/.test(text) || tokens[at + 1]?.text !== "(") return [];
    const as = findOutside(tokens, ({ text }) => text === "as", at + 2);
    return rounded(tokens.slice(at + 2, as), typeAt(tokens, as + 1));
  });
}

const SOURCE = /^(?:values|select|with|from|table|pivot|unpivot|default|\()$/;

/** A table of the user: the position of its name, and its types by column in lower case. */
interface Target {
  readonly named: number;
  readonly columns: ReadonlyMap<string, string>;
  readonly list: (sql: string) => Promise<Listing>;
}

function assigned(tokens: readonly Token[], { columns }: Target): Wrapped[] {
  const from = 1 + findOutside(tokens, ({ kind, text }) => kind === "name" && text === "set");
  const isEnd = ({ text }: Token, at: number) =>
    text === "where" || text === "from" && tokens[at - 1]?.text !== "distinct";
  return splitAtCommas(tokens.slice(from, findOutside(tokens, isEnd, from)))
    .flatMap(([name, , ...value]) => rounded(value, columns.get(name?.text ?? "")));
}

async function inserted({ sql, tokens }: Statement, target: Target): Promise<Wrapped[]> {
  const { named, columns, list } = target;
  const from = findOutside(
    tokens,
    ({ text }, at) => SOURCE.test(text) && (text !== "(" || SOURCE.test(tokens[at + 1]!.text)),
    named + 1,
  );
  const to = findOutside(
    tokens,
    ({ text }, at) => text === "on" && tokens[at + 1]?.text === "conflict",
  );
  const open = findOutside(tokens, ({ text }) => text === "(", named + 1);
  const names = open < from
    ? splitAtCommas(tokens.slice(open + 1, closing(tokens, open))).map(([name]) => name!.text)
    : [...columns.keys()];
  const [first, ...others] = tokens.slice(from, to);
  const values = splitAtCommas(others);
  const isRow = (row: readonly Token[]) =>
    row[0]!.text === "(" && closing(row, 0) === row.length - 1;
  if (first?.text === "values" && values.every(isRow)) {
    return values.flatMap((row) =>
      splitAtCommas(row.slice(1, -1))
        .flatMap((value, at) => rounded(value, columns.get(names[at] ?? "")))
    );
  }
  // A SELECT becomes part of another one, which rounds its columns.
  const [start, end] = [first?.start ?? 0, tokens[to - 1]!.end];
  const { rows } = await list(`describe ${sql.slice(start, end)}`).catch(() => ({ rows: [] }));
  const isByName = tokens[from - 1]?.text === "name" && tokens[from - 2]?.text === "by";
  const items = rows.map(([name, type], at) => {
    const column = isByName ? name?.toLowerCase() : names[at];
    const places = placesOf(columns.get(column ?? ""));
    const isCut = places !== undefined && (placesOf(type ?? "") ?? 0) > places;
    return `${isCut ? `debr_round_${places}(c${at})` : `c${at}`} as ${identifier(name ?? "")}`;
  });
  if (!items.some((item) => item.startsWith("debr_"))) return [];
  const before = ` with debr_rows(${items.map((_, at) => `c${at}`).join(", ")}) as (`;
  return [{ start, end, before, after: `) select ${items.join(", ")} from debr_rows` }];
}

/** Finds what to round in an INSERT or UPDATE of a table with DECIMAL columns. */
export async function decimalColumns(
  statement: Statement,
  list: Target["list"],
): Promise<Wrapped[]> {
  const { tokens } = statement;
  if (!/^(?:insert|update)$/.test(tokens[0]?.text ?? "")) return [];
  let named = findOutside(tokens, ({ text }) => text === "into") % tokens.length + 1;
  while (tokens[named + 1]?.text === ".") named += 2;
  // A temporary table hides another one. PRAGMA table_info ends the engine if a column is generated.
  const { rows } = await list(
    `select lower(column_name), data_type from duckdb_columns()
     where lower(table_name) = ${literal(tokens[named]?.text ?? "")}
     qualify dense_rank() over (order by database_name desc) = 1 order by column_index`,
  );
  const columns = new Map(rows.map(([name, type]) => [name ?? "", type ?? ""]));
  if (![...columns.values()].some((type) => type.includes("DECIMAL("))) return [];
  const target = { named, columns, list };
  const sets = assigned(tokens, target);
  return tokens[0]!.text === "update" ? sets : [...sets, ...await inserted(statement, target)];
}
