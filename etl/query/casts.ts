// Finds the casts to DECIMAL in a statement: `x::decimal(5, 2)`, `cast(x as decimal(5, 2))`.
import type { Token } from "./lexer.ts";

/** A cast to DECIMAL: the first and last token of its operand, and the scale. */
interface DecimalCast {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
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

const isName = (token: Token | undefined) => token !== undefined && /ame$/.test(token.kind);

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
    if (/^(?:filter|over)$/.test(before!.text)) return operandFrom(tokens, from - 2);
    if (before!.text === "group") return operandFrom(tokens, from - 3);
    if (before!.end === tokens[from]!.start && !NO_CALL.test(before!.text)) from--;
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

/** Returns the scale of the DECIMAL type at a token; `undefined` for other types. */
function scaleOf(tokens: readonly Token[], at: number): number | undefined {
  if (!/^(?:decimal|numeric|dec)$/.test(tokens[at]?.text ?? "")) return undefined;
  if (tokens[at + 1]?.text !== "(") return 3;
  return tokens[at + 3]?.text === "," ? Number(tokens[at + 4]?.text) : 0;
}

/** Finds all casts to DECIMAL in a statement. */
export function decimalCasts(tokens: readonly Token[]): DecimalCast[] {
  return tokens.flatMap(({ text }, at): DecimalCast[] => {
    const isShort = text === ":" && tokens[at + 1]?.text === ":" && at > 0;
    const scale = scaleOf(tokens, isShort ? at + 2 : at + 1);
    if (scale === undefined) return [];
    if (isShort) return [{ from: operandFrom(tokens, at - 1), to: at - 1, scale }];
    if (text !== "as") return [];
    let from = at;
    for (let depth = 0; from >= 0 && depth < 1; from--) {
      const { kind, text } = tokens[from]!;
      if (kind === "symbol" && ")]}".includes(text)) depth--;
      else if (kind === "symbol" && "([{".includes(text)) depth++;
    }
    return /^(?:try_)?cast$/.test(tokens[from]?.text ?? "")
      ? [{ from: from + 2, to: at - 1, scale }]
      : [];
  });
}
