/**
 * What a value of a column is in TypeScript, and the Valibot actions that say how it is bounded.
 *
 * @module
 */
import { call, type Code, literal } from "./print.ts";

/** The schema of a value, in parts: a picklist may take the place of the schema it begins with. */
export interface Value {
  /** What it is in TypeScript: decides which bounds can be told. Digits are numbers in a text. */
  readonly kind: "text" | "digits" | "number" | "other";
  readonly schema: Code;
  readonly actions: readonly Code[];
}

/** A value. */
export function value(kind: Value["kind"], schema: Code, ...actions: readonly Code[]): Value {
  return { kind, schema, actions };
}

/** Text, with actions. */
export function text(...actions: readonly Code[]): Value {
  return value("text", call("v.string"), ...actions);
}

/** Text that matches. */
export function pattern(source: string, message: string): Code {
  return call("v.regex", `/${source}/`, literal(message));
}

/** A check in TypeScript. */
export function check(condition: string, message: string): Code {
  return call("v.check", condition, literal(message));
}

/** A length in characters, as databases count: code points. */
export function characters(operator: "<=" | ">=" | "===", length: number): Code {
  const words = { "<=": "at most", ">=": "at least", "===": "exactly" }[operator];
  return check(`(text) => [...text].length ${operator} ${length}`, `${words} ${length} characters`);
}

/** A whole number between bounds. */
export function integer(min: number, max: number): Value {
  const bounds = [call("v.minValue", String(min)), call("v.maxValue", String(max))];
  return value("number", call("v.number"), call("v.integer"), ...bounds);
}

/** A decimal as drivers give it: text with all its places. */
export function decimal(precision: number, scale: number, { sign = "-?" } = {}): Value {
  const whole = Math.max(precision - scale, 1);
  const places = scale > 0 ? `\\.\\d{${scale}}` : "";
  const message = scale > 0
    ? `a decimal of ${precision} digits, ${scale} after the point`
    : `a whole number of ${whole} digits`;
  return value(
    "digits",
    call("v.string"),
    pattern(`^${sign}\\d{1,${whole}}${places}$`, message),
  );
}

/** One of some texts or numbers. */
export function picklist(options: readonly (string | number)[], kind: Value["kind"]): Value {
  return value(
    kind,
    call("v.picklist", {
      args: options.map((one) => typeof one === "string" ? literal(one) : String(one)),
    }),
  );
}

/** The code of a value. */
export function codeOf({ schema, actions }: Value, nullable: boolean): Code {
  const whole = actions.length === 0 ? schema : call("v.pipe", schema, ...actions);
  return nullable ? call("v.nullable", whole) : whole;
}
