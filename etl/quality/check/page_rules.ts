import type { ApiVersion, ColumnType } from "../../../schema/mod.ts";
import { mask } from "../../transform/validate/mask.ts";
import { FIELDS, isText, PersonFields } from "../../transform/validate/fields.ts";
import { failuresOf } from "../../transform/validate/person.ts";
import {
  columnsOfRule,
  type Expectation,
  isMoment,
  type Kind,
  type Rule,
  type RuleOf,
} from "./expectation.ts";
import { isWithin, momentOf, type Outcome, privacyOf } from "./outcome.ts";

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
  readonly distribution?: Readonly<Record<string, number>>;
}

/** Whether a record passes; `undefined` if it has no value to check. */
export type Keeps = (found: Found) => boolean | undefined;

/** Whether an expectation reads only person fields that tables hold. */
export function asksFields({ rule, where }: Expectation): boolean {
  const columns = [...columnsOfRule(rule), ...(where ? [where.column] : [])];
  return rule.kind !== "holds" && columns.every((column) => FIELDS.includes(column));
}

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
export function amount(value: unknown, asMoment: boolean): number {
  if (asMoment) return momentIn(String(value));
  return typeof value === "number" ? value : /\d/.test(String(value)) ? Number(value) : NaN;
}

const IS: { readonly [T in ColumnType]: (value: unknown) => boolean } = {
  text: (value) => typeof value === "string",
  uuid: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value)),
  integer: (value) => Number.isSafeInteger(value),
  decimal: (value) => /^-?\d+\.\d+$/.test(String(value)),
  timestamp: (value) => typeof value === "string" && !Number.isNaN(momentIn(value)),
};

function ofValue(column: string, isRight: (value: unknown) => boolean): Keeps {
  return ({ record }) => {
    const value = valueAt(record, column);
    return value === undefined ? undefined : isRight(value);
  };
}

const KEEPS: { readonly [K in Kind]?: (rule: RuleOf<K>) => Keeps } = {
  not_null: ({ column }) => ({ record }) => valueAt(record, column) !== undefined,
  in_set: ({ column, values }) => {
    const set = new Set(values);
    return ofValue(column, (value) => set.has(String(value)));
  },
  matches: ({ column, pattern }) => ofValue(column, (value) => pattern.test(String(value))),
  between: (rule) => {
    const asMoment = isMoment(rule);
    return ofValue(rule.column, (value) => isWithin(amount(value, asMoment), rule));
  },
  length: (rule) =>
    ofValue(rule.column, (value) => isWithin(Array.from(String(value)).length, rule)),
  type: ({ column, type }) => ofValue(column, IS[type]),
  valid: () => ({ record, version }) => failuresOf(record, version) === undefined,
  // An async function returns a promise, which is truthy.
  holds: (rule) => ({ record }) => rule.holds(record) === true,
};

export function keepsOf(rule: Rule): Keeps | undefined {
  return (KEEPS[rule.kind] as ((rule: Rule) => Keeps) | undefined)?.(rule);
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
