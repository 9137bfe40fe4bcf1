// Parses conditions of checks into one form, because each database prints them differently: `in`
// as `= ANY (ARRAY[…])`, `between` as two comparisons, types after every literal.

import type { Flavour } from "../ddl/builder.ts";
import { type Token, tokensOf } from "./tokens.ts";

export type Expression =
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  /** An operator or a function: `and`, `or`, `not`, `in`, `>=`, `regexp`, `length`. */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

/** Comparison operators and their names here. */
export const COMPARISONS: Readonly<Record<string, string>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "<=>": "<=>",
  "~": "regexp",
  "~~": "like",
  regexp: "regexp",
  rlike: "regexp",
  like: "like",
};
const NEGATED: Readonly<Record<string, string>> = { "!~": "regexp", "!~~": "like" };
export const ARITHMETIC = new Set(["+", "-", "*", "/", "%", "||"]);
/** Other names of functions, and their names here. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  char_length: "length",
  character_length: "length",
  regexp_like: "regexp",
};
const TYPE_WORDS = /^(varying|precision|without|with|time|zone)$/;

const call = (name: string, ...args: Expression[]): Expression => ({ kind: "call", name, args });

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

  #take(...values: readonly string[]): boolean {
    const found = values.includes(this.#next ?? "");
    if (found) this.#at++;
    return found;
  }

  #need(value: string): void {
    if (!this.#take(value)) throw new SyntaxError(`Expected ${value}`);
  }

  #or(): Expression {
    const args = [this.#and()];
    while (this.#take("or")) args.push(this.#and());
    return args.length === 1 ? args[0]! : call("or", ...flat("or", args));
  }

  #and(): Expression {
    const args = [this.#not()];
    while (this.#take("and")) args.push(this.#not());
    return args.length === 1 ? args[0]! : call("and", ...flat("and", args));
  }

  #not(): Expression {
    return this.#take("not", "!") ? call("not", this.#not()) : this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#take("is")) {
      const negated = this.#take("not");
      const what = this.#next ?? "";
      this.#at++;
      const is = call(`is ${what}`, left);
      return negated ? call("not", is) : is;
    }
    const negated = this.#take("not");
    const found = this.#positive(left);
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
    const comparison = negated ?? COMPARISONS[sign];
    if (comparison === undefined) return left;
    this.#at++;
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
    while (ARITHMETIC.has(this.#next ?? "")) {
      const name = this.#next!;
      this.#at++;
      left = call(name, left, this.#unary());
    }
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
      const type = this.#next ?? "";
      this.#at++;
      while (TYPE_WORDS.test(this.#next ?? "")) this.#at++;
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

function flat(name: string, args: readonly Expression[]): Expression[] {
  return args.flatMap((arg) => arg.kind === "call" && arg.name === name ? arg.args : [arg]);
}

/** Parses a condition of a database or of debr; returns `undefined` if it is of another kind. */
export function readExpression(text: string, flavour: Flavour): Expression | undefined {
  // In MySQL a backslash is an escape in texts.
  const escapes = flavour !== "postgres";
  // MySQL 8 escapes quoted texts twice.
  const once = escapes && text.includes("\\'") ? text.replace(/\\([\\'])/g, "$1") : text;
  try {
    return new Parser(tokensOf(once, escapes)).whole();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
