/**
 * From a Valibot schema to a function that only says whether a value fits: the same schema, asked
 * without making the objects that Valibot's own run makes for each field. Almost everybody fits, so
 * that this is most of the work; whoever does not is judged by Valibot itself.
 *
 * @module
 */
import type * as v from "valibot";

type Schema = v.GenericSchema;

/** Whether a value fits a schema. */
export type Predicate = (value: unknown) => boolean;

/** What schemas and actions carry, as far as it is read here. */
interface Parts {
  readonly kind: string;
  readonly type: string;
  readonly pipe?: readonly (Schema & Parts)[];
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly unknown[];
  readonly wrapped?: Schema;
  readonly requirement?: unknown;
  readonly "~run": Schema["~run"];
}

const CONFIG = { abortEarly: true, abortPipeEarly: true } as const;

/** Asks Valibot, where nothing quicker is known. */
function run(part: Parts): Predicate {
  return (value) => {
    const dataset = { value, typed: part.kind !== "schema" } as v.UnknownDataset;
    return part["~run"](dataset, CONFIG).issues === undefined;
  };
}

function objectPredicate(schema: Parts): Predicate {
  const { entries = {} } = schema;
  const keys = Object.keys(entries);
  const fits = Object.values(entries).map(predicate);
  // A key that is not there reads as undefined: the same only where undefined never fits.
  if (fits.some((fit) => fit(undefined))) return run(schema);
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
  picklist: ({ options = [] }) => {
    const known = new Set(options);
    return (value) => known.has(value);
  },
  object: objectPredicate,
  nullable: ({ wrapped }) => {
    const fits = predicate(wrapped!);
    return (value) => value === null || fits(value);
  },
  union: ({ options = [] }) => {
    const fits = (options as Schema[]).map(predicate);
    return (value) => fits.some((fit) => fit(value));
  },
};

/** Actions whose requirement is a function that says whether a value meets it. */
const FUNCTIONS: readonly string[] = ["check", "integer", "safe_integer"];

function stage(part: Parts): Predicate {
  const { kind, type, requirement } = part;
  if (kind === "schema") return SCHEMAS[type]?.(part) ?? run(part);
  if (kind !== "validation") throw new TypeError(`Cannot ask ${type}: it may change the value`);
  if (requirement instanceof RegExp) return (value) => requirement.test(value as string);
  return FUNCTIONS.includes(type) ? requirement as Predicate : run(part);
}

function both(first: Predicate, second: Predicate): Predicate {
  return (value) => first(value) && second(value);
}

/** A text that one pattern fits: most columns are that, and one call is quicker than three. */
function pattern({ requirement }: Parts): Predicate {
  const regex = requirement as RegExp;
  return (value) => typeof value === "string" && regex.test(value);
}

/**
 * The function that tells whether a value fits a schema, exactly as `v.is` does. Throws a
 * `TypeError` on schemas that change values: whether these fit is not all there is to know.
 */
export function predicate(schema: Schema): Predicate {
  const { pipe, ...only } = schema as Schema & Parts;
  const stages = (pipe ?? [only as Parts]).filter(({ kind }) => kind as string !== "metadata");
  const [first, second, ...others] = stages;
  if (first?.type === "string" && second?.requirement instanceof RegExp) {
    return [pattern(second), ...others.map(stage)].reduce(both);
  }
  return stages.map(stage).reduce(both);
}
