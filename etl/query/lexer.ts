// Splits SQL by DuckDB's rules, so that debr and DuckDB find the same texts and comments.

/** A token. Comments and white space are not tokens. */
export interface Token {
  /** `name`: keyword or identifier, in lower case without quotes. */
  readonly kind: "name" | "quotedName" | "string" | "symbol" | "number";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function isName(token: Token | undefined): token is Token & { kind: "name" | "quotedName" } {
  return token?.kind === "name" || token?.kind === "quotedName";
}

export function nesting({ kind, text }: Token): number {
  if (kind !== "symbol") return 0;
  return "([{".includes(text) ? 1 : ")]}".includes(text) ? -1 : 0;
}

/** Finds a token outside brackets; the number of tokens if there is none. */
export function findOutside(
  tokens: readonly Token[],
  is: (token: Token, at: number) => boolean,
  from = 0,
): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (depth === 0 && is(tokens[at]!, at)) return at;
    depth += nesting(tokens[at]!);
  }
  return tokens.length;
}

/** Splits tokens at the commas outside brackets; drops empty groups. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (let from = 0, to = 0; from < tokens.length; from = to + 1) {
    to = findOutside(tokens, ({ kind, text }) => kind === "symbol" && text === ",", from);
    if (to > from) groups.push(tokens.slice(from, to));
  }
  return groups;
}

// Patterns are tried in this order. DuckDB treats Unicode spaces and joiners as white space, and a
// carriage return ends a comment.
const PATTERNS: readonly (readonly [Token["kind"] | "skip" | "unclosed", RegExp])[] = [
  ["skip", /(?:[\s\u200b-\u200d\u2060]|--[^\r\n]*)+/y],
  ["string", /[eE]'(?:[^'\\]|\\[^]|'')*'/y],
  ["string", /(?:[xXbBnN]|[uU]&)?'(?:[^']|'')*'/y],
  ["quotedName", /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ["string", /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?\$\1\$/y],
  ["unclosed", /(?:[eExXbBnN]|[uU]&)?'|(?:[uU]&)?"|\$(?:[A-Za-z_][\w]*)?\$/y],
  [
    "name",
    /(?:[A-Za-z_]|[^\0-\x7f\s\u200b-\u200d\u2060])(?:[\w$]|[^\0-\x7f\s\u200b-\u200d\u2060])*/y,
  ],
  ["number", /\d[\w.]*/y],
  ["symbol", /[^]/y],
];

/** Finds the end of a comment; comments nest. */
function commentEnd(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    const pair = sql.slice(at, at + 2);
    if (pair === "/*") depth++;
    else if (pair === "*/" && --depth === 0) return at + 2;
    else continue;
    at++;
  }
  return sql.length;
}

function normalise(kind: Token["kind"], text: string): string {
  if (kind === "name") return text.toLowerCase();
  if (kind !== "quotedName") return text;
  return text.slice(text.indexOf('"') + 1, -1).replaceAll('""', '"').toLowerCase();
}

/** Splits SQL into tokens. If a text, quoted name or comment is `open` at the end, it is the last. */
export function lex(sql: string): { readonly tokens: readonly Token[]; readonly open: boolean } {
  const tokens: Token[] = [];
  let start = 0;
  while (start < sql.length) {
    if (sql.startsWith("/*", start)) {
      const end = commentEnd(sql, start);
      if (end === sql.length && !sql.endsWith("*/")) return { tokens, open: true };
      start = end;
      continue;
    }
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = start;
      const text = pattern.exec(sql)?.[0];
      if (text === undefined) continue;
      if (kind === "unclosed") {
        tokens.push({ kind: "string", text: sql.slice(start), start, end: sql.length });
        return { tokens, open: true };
      }
      const end = start + text.length;
      if (kind !== "skip") tokens.push({ kind, text: normalise(kind, text), start, end });
      start = end;
      break;
    }
  }
  return { tokens, open: false };
}

/** A statement without its semicolon. Token offsets are relative to it. */
export interface Statement {
  readonly sql: string;
  readonly tokens: readonly Token[];
}

/** Splits SQL at semicolons and drops empty statements; `unfinished` if the last has none. */
export function splitStatements(
  sql: string,
): { readonly statements: readonly Statement[]; readonly unfinished: boolean } {
  const { tokens, open } = lex(sql);
  const statements: Statement[] = [];
  let from = 0;
  let piece: Token[] = [];
  const take = (to: number) => {
    const text = sql.slice(from, to);
    const base = from + text.length - text.trimStart().length;
    const moved = piece.map((token) => ({
      ...token,
      start: token.start - base,
      end: token.end - base,
    }));
    if (piece.length > 0) statements.push({ sql: text.trim(), tokens: moved });
    piece = [];
  };
  for (const token of tokens) {
    if (token.kind === "symbol" && token.text === ";") {
      take(token.start);
      from = token.end;
    } else piece.push(token);
  }
  const unfinished = open || piece.length > 0;
  take(sql.length);
  return { statements, unfinished };
}
