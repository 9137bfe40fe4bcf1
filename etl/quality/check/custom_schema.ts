// What a TypeScript file may export: modules are not type-checked when they are imported.
import * as v from "valibot";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import type { Kind } from "./expectation.ts";

const [TEXT, NUMBER] = [v.string(), v.number()];
const TEXTS = v.array(TEXT);
const LIMIT = v.union([NUMBER, TEXT]);
const column = TEXT;

function bounds(limit: v.GenericSchema) {
  return { min: v.optional(limit), max: v.optional(limit) };
}

const RULES: { readonly [K in Kind]: v.ObjectEntries } = {
  not_null: { column },
  in_set: { column, values: TEXTS },
  matches: { column, pattern: v.instance(RegExp) },
  between: { column, ...bounds(LIMIT) },
  length: { column, ...bounds(NUMBER) },
  unique: { column },
  compound_unique: { columns: TEXTS },
  foreign_key: { column, references: v.picklist(TABLE_NAMES) },
  mean_between: { column, ...bounds(NUMBER) },
  quantile_between: { column, quantile: NUMBER, ...bounds(LIMIT) },
  proportion_unique_between: { column, ...bounds(NUMBER) },
  type: { column, type: v.picklist(["text", "uuid", "integer", "decimal", "timestamp"]) },
  row_count_between: bounds(NUMBER),
  row_count_compared: {
    other: v.picklist(TABLE_NAMES),
    is: v.picklist(["equal to", "at most"]),
  },
  fresh: { days: NUMBER, column: v.optional(column) },
  no_drift: { column, significance: NUMBER },
  violations: { sql: TEXT },
  intact: {},
  valid: {},
  holds: { holds: v.function() },
};

const EXPECTATION = v.object({
  name: TEXT,
  table: v.picklist([...TABLE_NAMES, "people", "pages"]),
  description: TEXT,
  severity: v.picklist(["error", "warn"]),
  mostly: NUMBER,
  where: v.optional(v.strictObject({ column, in: TEXTS })),
  rows: v.optional(v.strictObject(bounds(NUMBER))),
  // A kind that does not exist gets a verdict, beside those of the other expectations.
  rule: v.lazy((rule) => {
    const kind = (rule as { readonly kind: unknown }).kind;
    return typeof kind === "string" && Object.hasOwn(RULES, kind)
      ? v.strictObject({ kind: TEXT, ...RULES[kind as Kind] })
      : v.looseObject({ kind: TEXT });
  }),
});

/** Returns what is wrong with an expectation, for example `values is missing`. */
export function malformed(value: unknown): string | undefined {
  const { success, issues } = v.safeParse(EXPECTATION, value, { abortEarly: true });
  if (success) return undefined;
  const [issue] = issues;
  const path = v.getDotPath(issue)?.replace(/^rule\./, "") ?? "it";
  if (issue.expected === "never") return `there is no ${path} in an expectation of this kind`;
  return issue.received === "undefined"
    ? `${path} is missing`
    : `${path} should be ${issue.expected}, not ${issue.received}`;
}
