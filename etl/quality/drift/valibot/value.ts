// The TypeScript type of a column's values, and the Valibot actions for their bounds.
import type { DriverValue } from "../../../load/database/mod.ts";
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

export function check(condition: string, message: string): Code {
  return call("v.check", condition, literal(message));
}

/** Checks a length in code points, as databases count it. */
export function characters(operator: "<=" | ">=" | "===", length: number): Code {
  const words = { "<=": "at most", ">=": "at least", "===": "exactly" }[operator];
  return check(`(text) => [...text].length ${operator} ${length}`, `${words} ${length} characters`);
}

export function picklist(options: readonly (string | number)[], kind: Value["kind"]): Value {
  return value(
    kind,
    call("v.picklist", {
      args: options.map((one) => typeof one === "string" ? literal(one) : String(one)),
    }),
  );
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

export function valueOf(given: DriverValue): Value {
  const { is, length, fields } = given;
  switch (is) {
    case "text":
    case "digits":
      return textual(given);
    case "number":
      return numeric(given);
    case "list":
      return list(given);
    case "boolean":
      return value("other", call("v.boolean"));
    case "moment":
      return value("other", call("v.date"));
    case "json":
      return value("other", call("v.unknown"));
    case "object":
      return value(
        "other",
        fields === undefined
          ? call("v.looseObject", "{}")
          : call("v.object", `{ ${fields.map((name) => `${name}: v.number()`).join(", ")} }`),
      );
    case "bytes":
      return value(
        "other",
        call("v.instance", "Uint8Array"),
        ...(length
          ? [call(length.exactly ? "v.length" : "v.maxLength", String(length.count))]
          : []),
      );
  }
}

export function codeOf({ schema, actions }: Value, nullable: boolean): Code {
  const whole = actions.length === 0 ? schema : call("v.pipe", schema, ...actions);
  return nullable ? call("v.nullable", whole) : whole;
}
