// Expectations as data: compiled to SQL, checked on pages in TypeScript, exported to other tools.
import type { ColumnType, TableName } from "../../../schema/mod.ts";
import type { STAGES } from "../../common/stages.ts";

/** `error`: the data must not be used, exit code 5. `warn`: somebody should look at the data. */
export type Severity = "error" | "warn";

/** A stage from {@link STAGES}. */
export type Stage = typeof STAGES[number];

/** The subject: a table, or `people` or `pages` before there are tables. */
export type Subject = TableName | "people" | "pages";

/** Inclusive bounds. Moments are ISO texts. */
export interface Bounds<T> {
  /** The minimum. */
  readonly min?: T;
  /** The maximum. */
  readonly max?: T;
}

/** A bound of numbers, or of moments as ISO text. */
export type Limit = number | string;

/**
 * Rules that each row passes or breaks. NULL breaks only `not_null`.
 *
 * - `in_set`: the value as text is one of these.
 * - `matches`: the value as text matches the pattern; `regex.ts` lists the supported syntax.
 * - `between`: the value as a number, or as a moment if the bounds are text; others break it.
 * - `length`: the number of Unicode code points.
 */
export type RowRule =
  | { readonly kind: "not_null"; readonly column: string }
  | { readonly kind: "in_set"; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: "matches"; readonly column: string; readonly pattern: RegExp }
  | ({ readonly kind: "between"; readonly column: string } & Bounds<Limit>)
  | ({ readonly kind: "length"; readonly column: string } & Bounds<number>);

/** Rules about other rows. All repeated values fail. A foreign key has one name in both tables. */
export type KeyRule =
  | { readonly kind: "unique"; readonly column: string }
  | { readonly kind: "compound_unique"; readonly columns: readonly string[] }
  | { readonly kind: "foreign_key"; readonly column: string; readonly references: TableName };

/**
 * Rules about a figure of a column. `proportion_unique_between`: distinct values per value.
 * `quantile`: at least this share (0 to 1) of the values are less than or equal to the figure.
 */
export type FigureRule =
  | ({ readonly kind: "mean_between"; readonly column: string } & Bounds<number>)
  | (
    & { readonly kind: "quantile_between"; readonly column: string; readonly quantile: number }
    & Bounds<Limit>
  )
  | ({ readonly kind: "proportion_unique_between"; readonly column: string } & Bounds<number>);

/**
 * Rules about a whole table.
 *
 * - `fresh`: the table is at most this many days old, by the latest moment in the column. Without a
 *   column, by the last write of the table's files.
 * - `no_drift`: a chi-square test with this significance finds no change since the last run that
 *   passed. Only for public columns, because counts of their values are stored.
 */
export type TableRule =
  | { readonly kind: "type"; readonly column: string; readonly type: ColumnType }
  | ({ readonly kind: "row_count_between" } & Bounds<number>)
  | {
    readonly kind: "row_count_compared";
    readonly other: TableName;
    readonly is: "equal to" | "at most";
  }
  | { readonly kind: "fresh"; readonly days: number; readonly column?: string }
  | { readonly kind: "no_drift"; readonly column: string; readonly significance: number };

/**
 * Rules of only one stage.
 *
 * - `violations`: a SELECT that returns the violations; tables only.
 * - `intact`: the page is well-formed, and its information about itself is true; pages only.
 * - `valid`: the person passes every rule of the schema; pages only.
 * - `holds`: a predicate over the person as the API sent it; pages only.
 */
export type StageRule =
  | { readonly kind: "violations"; readonly sql: string }
  | { readonly kind: "intact" }
  | { readonly kind: "valid" }
  // deno-lint-ignore no-explicit-any
  | { readonly kind: "holds"; readonly holds: (person: any) => boolean };

/** The rule of an expectation. */
export type Rule = RowRule | KeyRule | FigureRule | TableRule | StageRule;

/** The name of a rule. */
export type Kind = Rule["kind"];

export type RuleOf<K extends Kind> = Extract<Rule, { readonly kind: K }>;

/** A complete expectation. */
export interface Expectation<R extends Rule = Rule> {
  /** The unique name: `users.email.matches`. */
  readonly name: string;
  /** The table, people or pages to check. */
  readonly table: Subject;
  /** The description in one sentence. */
  readonly description: string;
  /** The meaning of a failure. */
  readonly severity: Severity;
  /** The share of values that must pass a row rule, from 0 to 1. */
  readonly mostly: number;
  /** Restricts the rule to rows with one of these values in the column. */
  readonly where?: { readonly column: string; readonly in: readonly string[] };
  /** Skips the rule outside these row counts: a share of ten people means little. */
  readonly rows?: Bounds<number>;
  /** The rule to check. */
  readonly rule: R;
}

/** The input of {@link expectation}, with optional defaults. */
export type Spec =
  & Pick<Expectation, "name" | "table" | "description">
  & Partial<Pick<Expectation, "severity" | "mostly" | "where" | "rows">>
  & Rule;

/**
 * Declares an expectation. By default, the severity is `error` and all rows must pass.
 *
 * @example The default export of a custom expectation
 * ```ts
 * import { expectation } from "@debr/debr/check";
 *
 * export default expectation({
 *   name: "users.email.domain",
 *   table: "users",
 *   description: "E-mail addresses are made up, below example.com.",
 *   severity: "warn",
 *   kind: "matches",
 *   column: "email",
 *   pattern: /@example\.com$/,
 *   mostly: 0.99,
 * });
 * ```
 */
export function expectation(spec: Spec): Expectation {
  const { name, table, description, severity = "error", mostly = 1, where, rows, ...rule } = spec;
  const scope = { ...(where && { where }), ...(rows && { rows }) };
  return { name, table, description, severity, mostly, ...scope, rule: rule as Rule };
}

export function isMoment({ min, max }: Bounds<Limit>): boolean {
  return typeof (min ?? max) === "string";
}

export function columnsOfRule(rule: Rule): readonly string[] {
  if ("columns" in rule) return rule.columns;
  return "column" in rule && rule.column !== undefined ? [rule.column] : [];
}
