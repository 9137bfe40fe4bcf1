// Expectations as data: which rule, of which column, how severe, how much must hold. Engines
// compile them to SQL, TypeScript judges pages by them, and other tools get them exported.
import { type ColumnType, type TableName, TABLES } from "../../../schema/mod.ts";
import type { STAGES } from "../../common/stages.ts";

/** `error`: the data may not be used, status 5. `warn`: somebody should look. */
export type Severity = "error" | "warn";

/** One of the {@link STAGES}. */
export type Stage = typeof STAGES[number];

/** The subject: a table, or `people` and `pages` before there are tables. */
export type Subject = TableName | "people" | "pages";

/** Inclusive bounds. Moments are ISO texts. */
export interface Bounds<T> {
  /** The least. */
  readonly min?: T;
  /** The most. */
  readonly max?: T;
}

/** A bound of numbers, or of moments as ISO text. */
export type Limit = number | string;

/**
 * Rules that each row keeps or breaks. Empty values (NULL) break `not_null` only.
 *
 * - `in_set`: the value as text is one of these.
 * - `matches`: the value as text matches; see `regex.ts` for what a pattern may hold.
 * - `between`: as a number, or as a moment where the bounds are text; what is neither breaks it.
 * - `length`: in Unicode code points.
 */
export type RowRule =
  | { readonly kind: "not_null"; readonly column: string }
  | { readonly kind: "in_set"; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: "matches"; readonly column: string; readonly pattern: RegExp }
  | ({ readonly kind: "between"; readonly column: string } & Bounds<Limit>)
  | ({ readonly kind: "length"; readonly column: string } & Bounds<number>);

/**
 * Rules that depend on other rows. Every row of a repeated value counts. A foreign key's column has
 * the same name in the referenced table.
 */
export type KeyRule =
  | { readonly kind: "unique"; readonly column: string }
  | { readonly kind: "compound_unique"; readonly columns: readonly string[] }
  | { readonly kind: "foreign_key"; readonly column: string; readonly references: TableName };

/**
 * Rules about a figure of a column. `proportion_unique_between`: distinct values by values.
 * `quantile`: the smallest value that a share from 0 to 1 does not exceed.
 */
export type FigureRule =
  | ({ readonly kind: "mean_between"; readonly column: string } & Bounds<number>)
  | (
    & { readonly kind: "quantile_between"; readonly column: string; readonly quantile: number }
    & Bounds<Limit>
  )
  | ({ readonly kind: "proportion_unique_between"; readonly column: string } & Bounds<number>);

/**
 * Rules about a table as a whole.
 *
 * - `fresh`: at most so many days old. With a column by its latest moment, without by when the
 *   files of the table were last written.
 * - `no_drift`: the values are distributed as in the last run that passed, by a chi-square test at
 *   this significance. Only for public columns: counts of their values are kept.
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
 * Rules of one stage alone.
 *
 * - `violations`: a SELECT whose rows are violations; tables only.
 * - `intact`: the page is one, and says of itself what is true; pages only.
 * - `valid`: the person passes every rule of the schema; pages only.
 * - `holds`: a predicate over the person as the API sent it; pages only.
 */
export type StageRule =
  | { readonly kind: "violations"; readonly sql: string }
  | { readonly kind: "intact" }
  | { readonly kind: "valid" }
  // deno-lint-ignore no-explicit-any
  | { readonly kind: "holds"; readonly holds: (person: any) => boolean };

/** What is expected. */
export type Rule = RowRule | KeyRule | FigureRule | TableRule | StageRule;

/** The name of a rule. */
export type Kind = Rule["kind"];

/** An expectation, complete. */
export interface Expectation<R extends Rule = Rule> {
  /** Unique: `users.email.matches`. */
  readonly name: string;
  /** What it is about. */
  readonly table: Subject;
  /** One sentence. */
  readonly description: string;
  /** What its failure means. */
  readonly severity: Severity;
  /** Share of the values that must keep a row rule, from 0 to 1. */
  readonly mostly: number;
  /** Restricts the rule to rows where the column holds one of these. */
  readonly where?: { readonly column: string; readonly in: readonly string[] };
  /** Skipped outside these numbers of rows: a share of ten people says nothing. */
  readonly rows?: Bounds<number>;
  /** What is expected. */
  readonly rule: R;
}

/** An expectation as it is written down. */
export type Spec =
  & Pick<Expectation, "name" | "table" | "description">
  & Partial<Pick<Expectation, "severity" | "mostly" | "where" | "rows">>
  & Rule;

const DEFAULTS = { severity: "error", mostly: 1 } as const;
const COMMON = new Set(
  ["name", "table", "description", "where", "rows", ...Object.keys(DEFAULTS)] satisfies string[],
);

/**
 * Declares an expectation: severity `error`, of all rows, unless told otherwise.
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
  const entries = Object.entries(spec);
  const common = entries.filter(([key, value]) => COMMON.has(key) && value !== undefined);
  const rule = entries.filter(([key]) => !COMMON.has(key));
  return {
    ...DEFAULTS,
    ...Object.fromEntries(common) as Pick<Expectation, "name" | "table" | "description">,
    rule: Object.fromEntries(rule) as unknown as Rule,
  };
}

/** The stage of an expectation; tables include those of a database. */
export function stageOf({ table }: Pick<Expectation, "table">): Stage {
  return Object.hasOwn(TABLES, table) ? "tables" : "pages";
}

/** The columns a rule is about. */
export function columnsOfRule(rule: Rule): readonly string[] {
  if ("columns" in rule) return rule.columns;
  return "column" in rule && rule.column !== undefined ? [rule.column] : [];
}
