// Checks rules of expectations on JSON records without a database.
import type { ApiVersion, ColumnType } from "../../../schema/mod.ts";
import { mask } from "../../transform/validate/mask.ts";
import { FIELDS, isText, PersonFields } from "../../transform/validate/fields.ts";
import { failuresOf } from "../../transform/validate/person.ts";
import {
  type Bounds,
  columnsOfRule,
  type Expectation,
  type Limit,
  type Rule,
} from "./expectation.ts";
import { momentOf, type Outcome } from "./outcome.ts";
import { privacyOf } from "./privacy.ts";

/** A page or a person on a page. */
interface Found {
  readonly record: unknown;
  readonly version: ApiVersion;
  /** The page, and the position if the record is a person. */
  readonly at: Readonly<Record<string, string>>;
}

export interface Evaluation {
  readonly expectation: Expectation;
  readonly add: (found: Found) => void;
  /** Call this after all records were added. */
  readonly done: (rows: number) => Outcome | Promise<Outcome>;
  /** The number of occurrences of each value, for rules that collect them. */
  readonly distribution?: Readonly<Record<string, number>>;
}

/** Whether a record passes; `undefined` if it has no value to check. */
export type Keeps = (found: Found) => boolean | undefined;

/** Whether an expectation reads only person fields that tables hold. */
export function asksFields({ rule, where }: Expectation): boolean {
  const columns = [...columnsOfRule(rule), ...(where ? [where.column] : [])];
  return rule.kind !== "holds" && columns.every((column) => FIELDS.includes(column));
}

/** Returns the value at a dotted path. */
export function valueAt(record: unknown, path: string): unknown {
  if (record instanceof PersonFields) {
    const at = FIELDS.indexOf(path);
    const text = record.text(at);
    return text === undefined || isText(record, at) ? text : Number(text);
  }
  let value = record;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? undefined;
}

function momentIn(text: string): number {
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? momentOf(text) : NaN;
}

/** Returns a number, or a moment in milliseconds; otherwise `NaN`. */
export function amount(value: unknown, isMoment: boolean): number {
  if (isMoment) return momentIn(String(value));
  return typeof value === "number" ? value : /\d/.test(String(value)) ? Number(value) : NaN;
}

export function areMoments({ min, max }: Bounds<Limit>): boolean {
  return typeof (min ?? max) === "string";
}

function within(value: number, { min, max }: Bounds<Limit>): boolean {
  const ms = (limit: Limit) => typeof limit === "string" ? Date.parse(limit) : limit;
  return !Number.isNaN(value) && (min === undefined || value >= ms(min)) &&
    (max === undefined || value <= ms(max));
}

const IS: { readonly [T in ColumnType]: (value: unknown) => boolean } = {
  text: (value) => typeof value === "string",
  uuid: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value)),
  integer: (value) => Number.isSafeInteger(value),
  decimal: (value) => /^-?\d+\.\d+$/.test(String(value)),
  timestamp: (value) => typeof value === "string" && !Number.isNaN(momentIn(value)),
};

type Of<K extends Rule["kind"]> = Extract<Rule, { readonly kind: K }>;

const BY_VALUE: {
  readonly [K in "in_set" | "matches" | "between" | "length" | "type"]: (
    rule: Of<K>,
  ) => (value: unknown) => boolean;
} = {
  in_set: ({ values }) => {
    const set = new Set(values);
    return (value) => set.has(String(value));
  },
  matches: ({ pattern }) => (value) => pattern.test(String(value)),
  between: (rule) => {
    const isMoment = areMoments(rule);
    return (value) => within(amount(value, isMoment), rule);
  },
  length: (rule) => (value) => within(Array.from(String(value)).length, rule),
  type: ({ type }) => IS[type],
};

/** Returns the predicate of a rule about single records; `undefined` for other rules. */
export function keepsOf(rule: Rule): Keeps | undefined {
  switch (rule.kind) {
    case "not_null":
      return ({ record }) => valueAt(record, rule.column) !== undefined;
    case "in_set":
    case "matches":
    case "between":
    case "length":
    case "type": {
      const keeps = BY_VALUE[rule.kind](rule as never);
      return ({ record }) => {
        const value = valueAt(record, rule.column);
        return value === undefined ? undefined : keeps(value);
      };
    }
    case "valid":
      return ({ record, version }) => failuresOf(record, version) === undefined;
    case "holds":
      return ({ record }) => rule.holds(record);
    default:
      return undefined;
  }
}

/** Returns the position and the masked value of a record, for a sample. */
export function shownRecord(
  { table, rule }: Expectation,
  { at, record, version }: Found,
): Record<string, string> {
  if (rule.kind === "valid") {
    const failures = failuresOf(record, version);
    if (failures === undefined) return at;
    const [{ path, received, expected }] = failures;
    return { ...at, [path || "person"]: `${received}, not ${expected}` };
  }
  const column = "column" in rule ? rule.column : undefined;
  if (column === undefined) return at;
  return { ...at, [column]: mask(valueAt(record, column), privacyOf(table, column)) };
}
