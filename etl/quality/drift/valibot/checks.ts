// Translates simple database checks into Valibot actions: a list of values, a bound, a length.
// Comments of the module list the other checks.
import type { Expression } from "../../../load/database/mod.ts";
import { call, type Code, literal } from "./print.ts";
import { characters, check, picklist, type Value } from "./value.ts";

interface Bound {
  readonly column: string;
  /** Adds the condition to a value; `undefined` if it does not fit this kind of value. */
  readonly apply: (value: Value) => Value | undefined;
}

const TURNED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

const ACTIONS: Readonly<Record<string, string>> = {
  ">=": "v.minValue",
  "<=": "v.maxValue",
  ">": "v.gtValue",
  "<": "v.ltValue",
};

const WORDS: Readonly<Record<string, string>> = {
  ">=": "at least",
  "<=": "at most",
  ">": "more than",
  "<": "less than",
};

const add = (value: Value, action: Code): Value => ({
  ...value,
  actions: [...value.actions, action],
});

function numberBound(name: string, limit: number): Bound["apply"] {
  return (value) => {
    const action = ACTIONS[name];
    if (action === undefined) return undefined;
    if (value.kind === "number") return add(value, call(action, String(limit)));
    if (value.kind !== "digits") return undefined;
    const message = `${WORDS[name]} ${limit}`;
    return add(value, check(`(digits) => Number(digits) ${name} ${limit}`, message));
  };
}

function lengthBound(name: string, limit: number): Bound["apply"] {
  const operator = ({ "<=": "<=", ">=": ">=", "=": "===", "<": "<=", ">": ">=" } as const)[name];
  const inclusive = name === "<" ? limit - 1 : name === ">" ? limit + 1 : limit;
  return (value) =>
    operator === undefined || value.kind !== "text"
      ? undefined
      : add(value, characters(operator, inclusive));
}

function listBound(options: readonly Expression[]): Bound["apply"] | undefined {
  const texts = options.flatMap((one) => one.kind === "text" ? [one.value] : []);
  const numbers = options.flatMap((one) => one.kind === "number" ? [one.value] : []);
  if (texts.length === options.length) {
    return (value) => value.kind === "text" ? picklist(texts, "text") : undefined;
  }
  if (numbers.length !== options.length) return undefined;
  return (value) => value.kind === "number" ? picklist(numbers, "number") : undefined;
}

function comparison(name: string, left: Expression, right: Expression): Bound | undefined {
  if (right.kind === "column" && left.kind === "number") {
    return comparison(TURNED[name] ?? name, right, left);
  }
  if (left.kind === "column" && right.kind === "number") {
    return { column: left.name, apply: numberBound(name, right.value) };
  }
  if (left.kind === "column" && right.kind === "text" && right.value === "" && name === "<>") {
    const apply = (value: Value) =>
      value.kind === "text" ? add(value, call("v.nonEmpty", literal("not empty"))) : undefined;
    return { column: left.name, apply };
  }
  const isLength = left.kind === "call" && left.name === "length" && right.kind === "number";
  const [of] = isLength ? left.args : [];
  if (of?.kind !== "column" || right.kind !== "number") return undefined;
  return { column: of.name, apply: lengthBound(name, right.value) };
}

function boundOf(expression: Expression): Bound | undefined {
  if (expression.kind !== "call") return undefined;
  const { name, args: [left, ...others] } = expression;
  if (left === undefined) return undefined;
  if (name === "in" && left.kind === "column") {
    const apply = listBound(others);
    return apply && { column: left.name, apply };
  }
  const [right] = others;
  return right === undefined || others.length > 1 ? undefined : comparison(name, left, right);
}

/** Returns the conditions that `and` joins; `undefined` in place of one that is not simple. */
export function boundsOf(expression: Expression): (Bound | undefined)[] {
  const isAnd = expression.kind === "call" && expression.name === "and";
  return (isAnd ? expression.args : [expression]).map(boundOf);
}
