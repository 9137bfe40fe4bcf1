// Each database prints conditions differently: `in` as `= ANY (ARRAY[…])`, types after literals.
import type { Flavour } from "../ddl/builder.ts";

export type Expression =
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  /** An operator or a function: `and`, `or`, `not`, `in`, `>=`, `regexp`, `length`. */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

const COMPARISONS = new Set(["=", "<>", "<", "<=", ">", ">=", "<=>", "like", "regexp"]);
const SPELLINGS: Readonly<Record<string, string>> = {
  "!=": "<>",
  "~": "regexp",
  "~~": "like",
  rlike: "regexp",
};
const NEGATED: Readonly<Record<string, string>> = { "!~": "regexp", "!~~": "like" };
const ARITHMETIC = new Set(["+", "-", "*", "/", "%", "||"]);
const FUNCTIONS: Readonly<Record<string, string>> = {
  char_length: "length",
  character_length: "length",
  regexp_like: "regexp",
};
const TYPE_WORDS = /^(varying|precision|without|with|time|zone)$/;

const call = (name: string, ...args: Expression[]): Expression => ({ kind: "call", name, args });

const TOKEN =
  /\s+|(?:_(?:utf8mb4|utf8mb3|utf8|latin1|ascii|binary))?('(?:[^'\\]|''|\\[^])*')|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_$]*)|(::|!~~\*?|~~\*?|!~\*?|~\*|<=>|<>|!=|<=|>=|\|\||[^])/giuy;

interface Token {
  readonly kind: "text" | "column" | "number" | "word" | "sign";
  readonly value: string;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

function unquote(text: string, escapes: boolean): string {
  const inner = text.slice(1, -1).replaceAll("''", "'");
  return escapes ? inner.replace(/\\([^])/g, (_, char) => ESCAPES[char] ?? char) : inner;
}

function tokensOf(text: string, escapes: boolean): Token[] {
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

/** A recursive descent parser with a method for each precedence. Throws a `SyntaxError`. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#at < this.#tokens.length) throw new SyntaxError("Expected the end");
    return expression;
  }

  get #next(): string | undefined {
    const token = this.#tokens[this.#at];
    return token?.kind === "word" || token?.kind === "sign" ? token.value : undefined;
  }

  #skip(): string {
    const skipped = this.#next ?? "";
    this.#at++;
    return skipped;
  }

  #take(...values: readonly string[]): boolean {
    const found = values.includes(this.#next ?? "");
    if (found) this.#at++;
    return found;
  }

  #need(value: string): void {
    if (!this.#take(value)) throw new SyntaxError(`Expected ${value}`);
  }

  #or(): Expression {
    return this.#joined("or", () => this.#joined("and", () => this.#not()));
  }

  #joined(name: "or" | "and", operand: () => Expression): Expression {
    const args = [operand()];
    while (this.#take(name)) args.push(operand());
    const flat = args.flatMap((arg) => arg.kind === "call" && arg.name === name ? arg.args : [arg]);
    return args.length === 1 ? args[0]! : call(name, ...flat);
  }

  #not(): Expression {
    return this.#take("not", "!") ? call("not", this.#not()) : this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    const is = this.#take("is");
    const negated = this.#take("not");
    const found = is ? call(`is ${this.#skip()}`, left) : this.#positive(left);
    return negated ? call("not", found) : found;
  }

  #positive(left: Expression): Expression {
    if (this.#take("in")) return call("in", left, ...this.#list());
    if (this.#take("between")) {
      const low = this.#sum();
      this.#need("and");
      return call("and", call(">=", left, low), call("<=", left, this.#sum()));
    }
    const sign = this.#next ?? "";
    const negated = NEGATED[sign];
    const comparison = negated ?? SPELLINGS[sign] ?? sign;
    if (!COMPARISONS.has(comparison)) return left;
    this.#skip();
    if (this.#take("any", "all")) {
      const [array] = this.#list();
      if (array?.kind !== "call" || array.name !== "array") {
        throw new SyntaxError("Expected a list");
      }
      const within = call("in", left, ...array.args);
      return comparison === "=" ? within : call("not", within);
    }
    const compared = call(comparison, left, this.#sum());
    return negated === undefined ? compared : call("not", compared);
  }

  #sum(): Expression {
    let left = this.#unary();
    while (ARITHMETIC.has(this.#next ?? "")) left = call(this.#skip(), left, this.#unary());
    return left;
  }

  #unary(): Expression {
    if (this.#take("+")) return this.#unary();
    if (!this.#take("-")) return this.#cast();
    const value = this.#unary();
    return value.kind === "number" ? { ...value, value: -value.value } : call("negative", value);
  }

  /** Ignores type casts, except that a text cast to a number becomes a number. */
  #cast(): Expression {
    let value = this.#primary();
    while (this.#take("::")) {
      const type = this.#skip();
      while (TYPE_WORDS.test(this.#next ?? "")) this.#skip();
      if (this.#next === "(") this.#list();
      while (this.#take("[")) this.#need("]");
      const isNumber = /^(small|big)?int(eger)?$|^(numeric|decimal|double|real)$/.test(type);
      if (isNumber && value.kind === "text") value = { kind: "number", value: Number(value.value) };
    }
    return value;
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError("Expected a value");
    const { kind, value } = token;
    if (kind === "text") return { kind, value };
    if (kind === "number") return { kind, value: Number(value) };
    if (kind === "column") return { kind, name: value };
    if (value === "(") {
      const inner = this.#or();
      this.#need(")");
      return inner;
    }
    if (kind === "sign") throw new SyntaxError(`Expected a value, not ${value}`);
    if (value === "array" && this.#next === "[") return call("array", ...this.#list("[", "]"));
    if (this.#next === "(") return call(FUNCTIONS[value] ?? value, ...this.#list());
    return { kind: "column", name: value };
  }

  #list(open = "(", close = ")"): Expression[] {
    this.#need(open);
    const list: Expression[] = [];
    while (!this.#take(close)) {
      list.push(this.#or());
      if (this.#next !== close) this.#need(",");
    }
    return list;
  }
}

export function isInfix(name: string): boolean {
  return COMPARISONS.has(name) || ARITHMETIC.has(name);
}

/** Parses a condition of a database or of debr; returns `undefined` if it is of another kind. */
export function readExpression(text: string, flavour: Flavour): Expression | undefined {
  // In MySQL a backslash is an escape in texts.
  const escapes = flavour !== "postgres";
  // MySQL 8 escapes quoted texts twice.
  const once = flavour === "mysql" && text.includes("\\'")
    ? text.replace(/\\([\\'])/g, "$1")
    : text;
  try {
    return new Parser(tokensOf(once, escapes)).whole();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
