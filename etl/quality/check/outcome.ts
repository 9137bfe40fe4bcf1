// All engines and stages compute outcomes here, so that they agree. None shows a person's value.
import { number, plural } from "../../common/counts.ts";
import { columnsOf, type Privacy, TABLES } from "../../../schema/mod.ts";
import { pathPrivacy } from "../../transform/validate/mask.ts";
import { chiSquare, type Distribution } from "./chi_square.ts";
import {
  type Bounds,
  type Expectation,
  type FigureRule,
  isMoment,
  type Limit,
  type RuleOf,
  type Subject,
} from "./expectation.ts";

/**
 * - `passed`, `failed`: the data was checked.
 * - `skipped`: something that the check needs is missing; `reason` names it.
 * - `broken`: the expectation itself could not run; `reason` says why.
 */
type Verdict = "passed" | "failed" | "skipped" | "broken";

export interface Outcome {
  readonly expectation: Expectation;
  readonly verdict: Verdict;
  readonly total?: number;
  readonly failed?: number;
  readonly observed?: string;
  readonly reason?: string;
  /** SQL that returns all failed rows. */
  readonly query?: string;
  /** Some failed rows: masked values by column. */
  readonly sample?: readonly Readonly<Record<string, string>>[];
}

/** What expectations compare the data with. */
export interface Surroundings {
  readonly now: number;
  /** The last run that passed. */
  readonly baseline?: {
    readonly at: string;
    /** The number of occurrences of each value of a public column, by `table.column`. */
    readonly profile: Readonly<Record<string, Distribution>>;
  } | undefined;
  /** Returns the time of a table's last write, in milliseconds since 1970. */
  readonly written: (table: Subject) => Promise<number | undefined>;
}

export interface Evaluated {
  readonly outcomes: readonly Outcome[];
  readonly rows: Readonly<Record<string, number>>;
  readonly profile: Readonly<Record<string, Distribution>>;
}

export const SAMPLE_ROWS = 3;

const DAY = 86_400_000;

/** Columns of facts about pages, which say nothing about a person. */
const PAGE_COLUMNS = ["page", "version", "people"];

/** Returns the privacy class of a column or path; undeclared ones are secret. */
export function privacyOf(table: Subject, column: string): Privacy {
  if (table === "people") return pathPrivacy(column);
  if (table === "pages") return PAGE_COLUMNS.includes(column) ? "public" : "secret";
  return columnsOf(TABLES[table]).find(({ name }) => name === column)?.privacy ?? "secret";
}

function outcome(expectation: Expectation, holds: boolean, rest: Partial<Outcome>): Outcome {
  return { expectation, verdict: holds ? "passed" : "failed", ...rest };
}

export function broken(expectation: Expectation, reason: string): Outcome {
  return { expectation, verdict: "broken", reason };
}

export function skipped(expectation: Expectation, reason: string): Outcome {
  return { expectation, verdict: "skipped", reason };
}

export function outOfScope(expectation: Expectation, rows: number): Outcome | undefined {
  const { min = 0, max = Infinity } = expectation.rows ?? {};
  if (rows >= min && rows <= max) return undefined;
  const limit = rows < min ? `at least ${plural(min, "row")}` : `at most ${plural(max, "row")}`;
  return skipped(expectation, `it needs ${limit}, found ${number(rows)}`);
}

/** Computes the outcome of counts. A rule passes if there are no rows. */
export function evaluateCounts(
  expectation: Expectation,
  { total, failed, ...shown }: Pick<Outcome, "sample"> & {
    readonly total: number;
    readonly failed: number;
    readonly query?: () => string;
  },
): Outcome {
  const kept = total === 0 ? 1 : (total - failed) / total;
  const { sample = [], query } = shown;
  return outcome(expectation, kept >= expectation.mostly, {
    ...{ total, failed },
    ...(failed > 0 && query && { query: query() }),
    ...(sample.length > 0 && { sample }),
  });
}

export function evaluateRows(
  expectation: Expectation<RuleOf<"row_count_between" | "row_count_compared">>,
  rows: number,
  other = NaN,
): Outcome {
  const { rule } = expectation;
  const observed = plural(rows, "row");
  if (rule.kind === "row_count_between") {
    return outcome(expectation, isWithin(rows, rule), { observed });
  }
  const holds = rule.is === "equal to" ? rows === other : rows <= other;
  return outcome(expectation, holds, { observed: `${observed}, ${rule.other} ${number(other)}` });
}

/** Returns whether a number, or a moment in milliseconds, is within bounds; `NaN` never is. */
export function isWithin(value: number, { min = -Infinity, max = Infinity }: Bounds<Limit>) {
  const ms = (limit: Limit) => typeof limit === "number" ? limit : Date.parse(limit);
  return value >= ms(min) && value <= ms(max);
}

export function momentOf(text: string): number {
  return Date.parse(text.replace(" ", "T").replace(/(?<!Z)$/, "Z"));
}

/** Evaluates a figure, in milliseconds for moments; `undefined` if the column has no values. */
export function evaluateFigure(
  expectation: Expectation<FigureRule>,
  value: number | undefined,
): Outcome {
  if (value === undefined) return skipped(expectation, "there are no values");
  const { rule, table } = expectation;
  const exact = rule.kind === "proportion_unique_between" ||
    privacyOf(table, rule.column) === "public";
  const observed = isMoment(rule)
    ? new Date(value).toISOString().slice(0, 4)
    : rounded(value, exact);
  return outcome(expectation, isWithin(value, rule), { observed });
}

/** Rounds a figure of personal values to two digits, because it can be the value of one person. */
function rounded(value: number, exact: boolean): string {
  return exact ? String(Number(value.toPrecision(6))) : `about ${Number(value.toPrecision(2))}`;
}

export function evaluateFreshness(
  expectation: Expectation<RuleOf<"fresh">>,
  { latest, now }: { latest: number | undefined; now: number },
): Outcome {
  if (latest === undefined) return outcome(expectation, false, { observed: "nothing" });
  const age = (now - latest) / DAY;
  const observed = `${plural(Math.round(age * 10) / 10, "day")} old`;
  return outcome(expectation, age <= expectation.rule.days, { observed });
}

export function evaluateDrift(
  expectation: Expectation<RuleOf<"no_drift">>,
  now: Distribution,
  baseline: Surroundings["baseline"],
): Outcome {
  const { table, rule: { column, significance } } = expectation;
  const before = baseline?.profile[`${table}.${column}`];
  if (before === undefined) return skipped(expectation, "no earlier run passed");
  const { statistic, degreesOfFreedom, p } = chiSquare(before, now);
  const observed = `chi-square ${Number(statistic.toPrecision(5))}, ` +
    `${plural(degreesOfFreedom, "degree")} of freedom, p ${Number(p.toPrecision(3))}, ` +
    `since ${baseline?.at}`;
  return outcome(expectation, p >= significance, { observed });
}
