/**
 * From a Valibot schema to a function that only says whether a value fits: the same schema, asked
 * without making the objects that Valibot's own run makes for each field. Almost everybody fits, so
 * that this is most of the work; whoever does not is judged by Valibot itself.
 *
 * @module
 */
import { asked, choicesOf, type Parts, patternOf } from "../../../schema/valibot/parts.ts";

/** Whether a value fits a schema. */
export type Predicate = (value: unknown) => boolean;

function objectPredicate(schema: Parts): Predicate {
  const { entries = {} } = schema;
  const keys = Object.keys(entries);
  const fits = Object.values(entries).map(predicate);
  // A key that is not there reads as undefined: the same only where undefined never fits.
  if (fits.some((fit) => fit(undefined))) return asked(schema);
  return (value) => {
    if (typeof value !== "object" || value === null) return false;
    for (let at = 0; at < keys.length; at++) {
      if (!fits[at]!((value as Record<string, unknown>)[keys[at]!])) return false;
    }
    return true;
  };
}

/** Schemas that are asked by hand. */
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
    throw new TypeError(`Cannot ask ${part.type}: it may change the value`);
  }
  const regex = patternOf(part);
  return regex === undefined ? asked(part) : (value) => regex.test(value as string);
}

function both(first: Predicate, second: Predicate): Predicate {
  return (value) => first(value) && second(value);
}

/** A text that one pattern fits: most columns are that, and one call is quicker than three. */
function pattern(regex: RegExp): Predicate {
  return (value) => typeof value === "string" && regex.test(value);
}

/**
 * The function that tells whether a value fits a schema, exactly as `v.is` does. Throws a
 * `TypeError` on schemas that change values: whether these fit is not all there is to know.
 */
export function predicate(schema: Parts): Predicate {
  const { pipe = [schema] } = schema;
  const stages = pipe.filter(({ kind }) => kind !== "metadata");
  const [first, second, ...others] = stages;
  const regex = first?.type === "string" && second ? patternOf(second) : undefined;
  const predicates = regex ? [pattern(regex), ...others.map(stage)] : stages.map(stage);
  return predicates.reduce(both);
}
