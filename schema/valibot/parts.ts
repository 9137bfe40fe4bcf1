/**
 * What Valibot's schemas and actions are made of. Valibot documents none of it, so this file alone
 * reads it, and its test names each part that debr relies on.
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
  /** The values of a picklist, the schemas of a union. */
  readonly options?: readonly unknown[];
  readonly wrapped?: Parts;
  readonly requirement?: unknown;
  readonly metadata?: Metadata;
  /** The sentence that says what is expected, where there is one. */
  readonly message?: unknown;
  /** What a schema without a sentence expects. */
  readonly expects?: string | null;
}

/** What the schema says as data of rules that are functions. */
export interface Metadata {
  /** All rules of a text as one pattern. */
  readonly exact?: RegExp;
  /** Smallest and largest number that a text may stand for. */
  readonly range?: Range;
  /** Either all of these fields have these values, or none has. */
  readonly together?: Readonly<Record<string, string | null>>;
  /** A field of one table, the other its value there. */
  readonly pairs?: {
    readonly keys: string;
    readonly values: string;
    readonly of: Readonly<Record<string, string>>;
  };
  readonly [other: string]: unknown;
}

/** The smallest and the largest number, both included. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** The type of a schema, whether actions follow it or not. */
export function typeOf({ pipe, type }: Parts): string {
  return pipe?.[0]?.type ?? type;
}

/** A schema and all actions that follow it, in their order. */
export function flat(parts: Parts): readonly Parts[] {
  return parts.pipe === undefined ? [parts] : parts.pipe.flatMap(flat);
}

/** What the actions of a pipe say as data. */
export function metadataOf(items: readonly Parts[]): Metadata {
  return Object.assign({}, ...items.map(({ metadata }) => metadata));
}

/** The pattern that an action asks of a text. */
export function patternOf({ type, requirement }: Parts): RegExp | undefined {
  return type === "regex" && requirement instanceof RegExp ? requirement : undefined;
}

/** The texts that a schema has a list of. */
export function choicesOf({ type, options = [] }: Parts): readonly string[] | undefined {
  return type === "picklist" ? options.map(String) : undefined;
}

/** Whether an action wants one character at least. */
export function wantsText({ type }: Parts): boolean {
  return type === "non_empty";
}

/** The numbers that actions allow; infinite where they set no bound. */
export function rangeOf(items: readonly Parts[]): Range {
  const bounds = (type: string) =>
    items.filter((item) => item.type === type).map(({ requirement }) => Number(requirement));
  const safe = items.some(({ type }) => type === "safe_integer") ? [Number.MAX_SAFE_INTEGER] : [];
  return {
    min: Math.max(...bounds("min_value"), ...safe.map((most) => -most)),
    max: Math.min(...bounds("max_value"), ...safe),
  };
}

/** Actions whose requirement is a function that says whether a value meets it. */
const FUNCTIONS: readonly string[] = ["check", "integer", "safe_integer"];

const CONFIG = { abortEarly: true, abortPipeEarly: true } as const;

/** The function that says whether a value fits a schema or meets an action: Valibot's own. */
export function asked(part: Parts): (value: unknown) => boolean {
  if (FUNCTIONS.includes(part.type)) return part.requirement as (value: unknown) => boolean;
  const schema = part as Parts & Pick<v.GenericSchema, "~run">;
  return (value) => {
    const dataset = { value, typed: part.kind !== "schema" } as v.UnknownDataset;
    return schema["~run"](dataset, CONFIG).issues === undefined;
  };
}
