// The Valibot schema of a column's values: their type and the simple checks of the database.
import type { DriverValue, Expression } from "../../../load/database/mod.ts";
import { call, type Code, literal } from "./print.ts";

/** A schema in parts; a picklist may replace the first part. */
export interface Value {
  /** Decides which bounds apply; `digits` are numbers in a text. */
  readonly kind: "text" | "digits" | "number" | "other";
  readonly schema: Code;
  readonly actions: readonly Code[];
}

function value(kind: Value["kind"], schema: Code, ...actions: readonly Code[]): Value {
  return { kind, schema, actions };
}

function check(condition: string, message: string): Code {
  return call("v.check", condition, literal(message));
}

/** Checks a length in code points, as databases count it. */
function characters(operator: "<=" | ">=" | "===", length: number): Code {
  const words = { "<=": "at most", ">=": "at least", "===": "exactly" }[operator];
  return check(`(text) => [...text].length ${operator} ${length}`, `${words} ${length} characters`);
}

function picklist(options: readonly (string | number)[], kind: Value["kind"]): Value {
  const args = options.map((one) => typeof one === "string" ? literal(one) : String(one));
  return value(kind, call("v.picklist", { args }));
}

function textual({ is, length, pattern, isUuid, oneOf }: DriverValue): Value {
  if (oneOf !== undefined) return picklist(oneOf, "text");
  const bound = length?.unit === "bytes"
    ? call("v.maxBytes", String(length.count))
    : length && characters(length.exactly ? "===" : "<=", length.count);
  return value(
    is === "digits" ? "digits" : "text",
    call("v.string"),
    ...(isUuid ? [call("v.uuid")] : []),
    ...(bound ? [bound] : []),
    ...(pattern ? [call("v.regex", `/${pattern.source}/`, literal(pattern.says))] : []),
  );
}

const NUMBERS = {
  "whole": [call("v.number"), call("v.integer")],
  "safe": [call("v.number"), call("v.safeInteger")],
  "or NaN": [call("v.union", { args: [call("v.number"), call("v.nan")] })],
} as const;

function numeric({ number, min, max }: DriverValue): Value {
  const [schema, ...actions] = number === undefined ? [call("v.number")] : NUMBERS[number];
  const bounds = [["v.minValue", min], ["v.maxValue", max]] as const;
  return value(
    "number",
    schema,
    ...actions,
    ...bounds.flatMap(([name, bound]) => bound === undefined ? [] : [call(name, String(bound))]),
  );
}

function list({ of, depth = 1 }: DriverValue): Value {
  let code = of === undefined ? call("v.unknown") : codeOf(valueOf(of), true);
  for (let more = 0; more < depth; more++) code = call("v.array", code);
  return value("other", code);
}

function bytes({ length }: DriverValue): Value {
  const action = length?.exactly ? "v.length" : "v.maxLength";
  const actions = length ? [call(action, String(length.count))] : [];
  return value("other", call("v.instance", "Uint8Array"), ...actions);
}

function object({ fields }: DriverValue): Value {
  const code = fields === undefined
    ? call("v.looseObject", "{}")
    : call("v.object", `{ ${fields.map((name) => `${name}: v.number()`).join(", ")} }`);
  return value("other", code);
}

const VALUES: Readonly<Record<DriverValue["is"], (given: DriverValue) => Value>> = {
  text: textual,
  digits: textual,
  number: numeric,
  list,
  boolean: () => value("other", call("v.boolean")),
  moment: () => value("other", call("v.date")),
  json: () => value("other", call("v.unknown")),
  object,
  bytes,
};

export function valueOf(given: DriverValue): Value {
  return VALUES[given.is](given);
}

export function codeOf({ schema, actions }: Value, nullable: boolean): Code {
  const whole = actions.length === 0 ? schema : call("v.pipe", schema, ...actions);
  return nullable ? call("v.nullable", whole) : whole;
}

interface Bound {
  readonly column: string;
  /** Adds the condition to a value; `undefined` if it does not fit this kind of value. */
  readonly apply: (value: Value) => Value | undefined;
}

/** Comparisons: with the sides swapped, as an action of Valibot, and in words. */
const COMPARISONS: Readonly<Record<string, { turned: string; action: string; words: string }>> = {
  ">=": { turned: "<=", action: "v.minValue", words: "at least" },
  "<=": { turned: ">=", action: "v.maxValue", words: "at most" },
  ">": { turned: "<", action: "v.gtValue", words: "more than" },
  "<": { turned: ">", action: "v.ltValue", words: "less than" },
};

const add = (value: Value, action: Code): Value => ({
  ...value,
  actions: [...value.actions, action],
});

const ifKind = (kind: Value["kind"], change: (value: Value) => Value): Bound["apply"] => (value) =>
  value.kind === kind ? change(value) : undefined;

function numberBound(name: string, limit: number): Bound["apply"] {
  return (value) => {
    const { action, words } = COMPARISONS[name] ?? {};
    if (action === undefined) return undefined;
    if (value.kind === "number") return add(value, call(action, String(limit)));
    if (value.kind !== "digits") return undefined;
    return add(value, check(`(digits) => Number(digits) ${name} ${limit}`, `${words} ${limit}`));
  };
}

function lengthBound(name: string, limit: number): Bound["apply"] | undefined {
  const operator = ({ "<=": "<=", ">=": ">=", "=": "===", "<": "<=", ">": ">=" } as const)[name];
  const inclusive = name === "<" ? limit - 1 : name === ">" ? limit + 1 : limit;
  return operator && ifKind("text", (value) => add(value, characters(operator, inclusive)));
}

function listBound(options: readonly Expression[]): Bound["apply"] | undefined {
  const texts = options.flatMap((one) => one.kind === "text" ? [one.value] : []);
  const numbers = options.flatMap((one) => one.kind === "number" ? [one.value] : []);
  if (texts.length === options.length) return ifKind("text", () => picklist(texts, "text"));
  if (numbers.length !== options.length) return undefined;
  return ifKind("number", () => picklist(numbers, "number"));
}

const NOT_EMPTY = ifKind("text", (value) => add(value, call("v.nonEmpty", literal("not empty"))));

function comparison(name: string, left: Expression, right: Expression): Bound | undefined {
  if (right.kind === "column" && left.kind === "number") {
    return comparison(COMPARISONS[name]?.turned ?? name, right, left);
  }
  if (left.kind === "column" && right.kind === "number") {
    return { column: left.name, apply: numberBound(name, right.value) };
  }
  if (left.kind === "column" && right.kind === "text" && right.value === "" && name === "<>") {
    return { column: left.name, apply: NOT_EMPTY };
  }
  const [of] = left.kind === "call" && left.name === "length" ? left.args : [];
  if (of?.kind !== "column" || right.kind !== "number") return undefined;
  const apply = lengthBound(name, right.value);
  return apply && { column: of.name, apply };
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
