/**
 * Reads the undocumented properties of Valibot's schemas and actions. Only this file reads them,
 * and its test names each property that debr uses.
 *
 * @module
 */
import type * as v from "valibot";

/** A schema or an action. */
export interface Parts {
  readonly kind: string;
  readonly type: string;
  readonly pipe?: readonly Parts[];
  readonly entries?: Readonly<Record<string, Parts>>;
  /** The values of a picklist, or the schemas of a union. */
  readonly options?: readonly unknown[];
  readonly wrapped?: Parts;
  readonly requirement?: unknown;
  readonly metadata?: Metadata;
  /** The message with the expected value, if any. */
  readonly message?: unknown;
  /** The expected type, for a schema without a message. */
  readonly expects?: string | null;
}

/** Rules that are functions, declared as data. */
export interface Metadata {
  /** A pattern that combines all rules of a text. */
  readonly exact?: RegExp;
  /** Smallest and largest number that a text may contain. */
  readonly range?: Range;
  /** Either all of these fields have these values, or none has. */
  readonly together?: Readonly<Record<string, string | null>>;
  /** Two fields: `of` gives the value of one for each value of the other. */
  readonly pairs?: {
    readonly keys: string;
    readonly values: string;
    readonly of: Readonly<Record<string, string>>;
  };
  readonly [other: string]: unknown;
}

/** The smallest and the largest allowed number. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** Returns the type of a schema, with or without actions. */
export function typeOf({ pipe, type }: Parts): string {
  return pipe?.[0]?.type ?? type;
}

/** Returns a schema and all its actions in order. */
export function flat(parts: Parts): readonly Parts[] {
  return parts.pipe === undefined ? [parts] : parts.pipe.flatMap(flat);
}

/** Returns the rules that a pipe declares as data. */
export function metadataOf(items: readonly Parts[]): Metadata {
  return Object.assign({}, ...items.map(({ metadata }) => metadata));
}

/** Returns the pattern that an action requires. */
export function patternOf({ type, requirement }: Parts): RegExp | undefined {
  return type === "regex" && requirement instanceof RegExp ? requirement : undefined;
}

/** Returns the allowed texts of a picklist. */
export function choicesOf({ type, options = [] }: Parts): readonly string[] | undefined {
  return type === "picklist" ? options.map(String) : undefined;
}

/** Returns whether an action requires text that is not empty. */
export function wantsText({ type }: Parts): boolean {
  return type === "non_empty";
}

/** Returns the range that actions allow; infinite if they set no bound. */
export function rangeOf(items: readonly Parts[]): Range {
  const bounds = (type: string) =>
    items.filter((item) => item.type === type).map(({ requirement }) => Number(requirement));
  const safe = items.some(({ type }) => type === "safe_integer") ? [Number.MAX_SAFE_INTEGER] : [];
  return {
    min: Math.max(...bounds("min_value"), ...safe.map((most) => -most)),
    max: Math.min(...bounds("max_value"), ...safe),
  };
}

/** Actions with a function that tests a value as their requirement. */
const FUNCTIONS: readonly string[] = ["check", "integer", "safe_integer"];

const CONFIG = { abortEarly: true, abortPipeEarly: true } as const;

/** Returns Valibot's own test of a value for a schema or an action. */
export function asked(part: Parts): (value: unknown) => boolean {
  if (FUNCTIONS.includes(part.type)) return part.requirement as (value: unknown) => boolean;
  const schema = part as Parts & Pick<v.GenericSchema, "~run">;
  return (value) => {
    const dataset = { value, typed: part.kind !== "schema" } as v.UnknownDataset;
    return schema["~run"](dataset, CONFIG).issues === undefined;
  };
}
