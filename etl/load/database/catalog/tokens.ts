// Splits conditions as databases print them into tokens.

const TOKEN =
  /\s+|(?:_(?:utf8mb4|utf8mb3|utf8|latin1|ascii|binary))?('(?:[^'\\]|''|\\[^])*')|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_$]*)|(::|!~~\*?|~~\*?|!~\*?|~\*|<=>|<>|!=|<=|>=|\|\||[^])/giuy;

export interface Token {
  readonly kind: "text" | "column" | "number" | "word" | "sign";
  readonly value: string;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

function unquote(text: string, escapes: boolean): string {
  const inner = text.slice(1, -1).replaceAll("''", "'");
  return escapes ? inner.replace(/\\([^])/g, (_, char) => ESCAPES[char] ?? char) : inner;
}

/** Splits a condition; `escapes` is whether a backslash is an escape in texts. */
export function tokensOf(text: string, escapes: boolean): Token[] {
  const tokens: Token[] = [];
  for (const [, quoted, double, back, number, word, sign] of text.matchAll(TOKEN)) {
    const name = double?.replaceAll('""', '"') ?? back?.replaceAll("``", "`");
    if (quoted !== undefined) tokens.push({ kind: "text", value: unquote(quoted, escapes) });
    else if (name !== undefined) tokens.push({ kind: "column", value: name });
    else if (number !== undefined) tokens.push({ kind: "number", value: number });
    else if (word !== undefined) tokens.push({ kind: "word", value: word.toLowerCase() });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
  }
  return tokens;
}
