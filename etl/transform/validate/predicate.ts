// Validates without the objects that Valibot creates for each field; Valibot explains failures.
import { asked, choicesOf, type Parts, patternOf } from "../../../schema/valibot/parts.ts";

export type Predicate = (value: unknown) => boolean;

function objectPredicate(schema: Parts): Predicate {
  const { entries = {} } = schema;
  const keys = Object.keys(entries);
  const fits = Object.values(entries).map(predicate);
  // A missing key reads as undefined, so the predicate is equivalent only if undefined is invalid.
  if (fits.some((fit) => fit(undefined))) return asked(schema);
  return (value) => {
    if (typeof value !== "object" || value === null) return false;
    for (let at = 0; at < keys.length; at++) {
      if (!fits[at]!((value as Record<string, unknown>)[keys[at]!])) return false;
    }
    return true;
  };
}

const SCHEMAS: Readonly<Record<string, (schema: Parts) => Predicate>> = {
  string: () => (value) => typeof value === "string",
  number: () => (value) => typeof value === "number" && !Number.isNaN(value),
  picklist: (schema) => {
    const known: ReadonlySet<unknown> = new Set(choicesOf(schema));
    return (value) => known.has(value);
  },
  object: objectPredicate,
  nullable: ({ wrapped }) => {
    const fits = predicate(wrapped!);
    return (value) => value === null || fits(value);
  },
  union: ({ options = [] }) => {
    const fits = (options as Parts[]).map(predicate);
    return (value) => fits.some((fit) => fit(value));
  },
};

function stage(part: Parts): Predicate {
  if (part.kind === "schema") return SCHEMAS[part.type]?.(part) ?? asked(part);
  if (part.kind !== "validation") {
    throw new TypeError(`Cannot compile ${part.type}: it may change the value`);
  }
  const regex = patternOf(part);
  return regex === undefined ? asked(part) : (value) => regex.test(value as string);
}

/** Compiles a predicate equal to `v.is`; throws a `TypeError` for schemas that change values. */
export function predicate(schema: Parts): Predicate {
  const { pipe = [schema] } = schema;
  const stages = pipe.filter(({ kind }) => kind !== "metadata");
  const [first, second, ...others] = stages;
  const regex = first?.type === "string" && second ? patternOf(second) : undefined;
  // Most columns have one pattern, and one call is faster than three.
  const text = regex && ((value: unknown) => typeof value === "string" && regex.test(value));
  const predicates = text ? [text, ...others.map(stage)] : stages.map(stage);
  return predicates.reduce((first, second) => (value) => first(value) && second(value));
}
