// What came of an expectation, judged from counts and figures alone, so that every engine and stage
// judges alike. Nothing in it shows a value of a person.
import { number } from "../../common/counts.ts";
import type { Privacy } from "../../../schema/mod.ts";
import { chiSquare, type Distribution } from "./chi_square.ts";
import type { Bounds, Expectation, FigureRule, Limit, TableRule } from "./expectation.ts";

/**
 * - `passed`, `failed`: the data was judged.
 * - `skipped`: there was nothing to judge by; `reason` says what.
 * - `broken`: the expectation itself could not run; `reason` says why.
 */
export type Verdict = "passed" | "failed" | "skipped" | "broken";

/** What came of an expectation. */
export interface Outcome {
  readonly expectation: Expectation;
  readonly verdict: Verdict;
  /** Values that were judged, and how many of them failed. */
  readonly total?: number;
  readonly failed?: number;
  /** The figure found, for a person. */
  readonly observed?: string;
  readonly reason?: string;
  /** SQL whose rows are all that failed. */
  readonly query?: string;
  /** Some of those that failed: masked values by column. */
  readonly sample?: readonly Readonly<Record<string, string>>[];
}

/** Rows of a key or row rule: how many were judged, how many failed. */
export interface Counts {
  readonly total: number;
  readonly failed: number;
}

const DAY = 86_400_000;

function outcome(expectation: Expectation, holds: boolean, rest: Partial<Outcome>): Outcome {
  return { expectation, verdict: holds ? "passed" : "failed", ...rest };
}

/** An expectation that could not run. */
export function broken(expectation: Expectation, reason: string): Outcome {
  return { expectation, verdict: "broken", reason };
}

/** Skipped, where there are too few or too many rows for it to say anything. */
export function outOfScope(expectation: Expectation, rows: number): Outcome | undefined {
  const { min = 0, max = Infinity } = expectation.rows ?? {};
  if (rows >= min && rows <= max) return undefined;
  const limit = rows < min ? `from ${number(min)} on` : `up to ${number(max)}`;
  return { expectation, verdict: "skipped", reason: `${number(rows)} rows, judged ${limit}` };
}

/** Enough of the rows keep the rule; no rows at all break none. */
export function judgeCounts(expectation: Expectation, { total, failed }: Counts): Outcome {
  const kept = total === 0 ? 1 : (total - failed) / total;
  return outcome(expectation, kept >= expectation.mostly, { total, failed });
}

/** The number of rows is what it should be. */
export function judgeRows(expectation: Expectation, rows: number, other = NaN): Outcome {
  const rule = expectation.rule as Extract<
    TableRule,
    { kind: "row_count_between" | "row_count_compared" }
  >;
  if (rule.kind === "row_count_between") {
    return outcome(expectation, isWithin(rows, rule), { observed: `${number(rows)} rows` });
  }
  const holds = rule.is === "equal to" ? rows === other : rows <= other;
  const observed = `${number(rows)} rows, ${rule.other} ${number(other)}`;
  return outcome(expectation, holds, { observed });
}

function isWithin(value: number, { min, max }: Bounds<number>): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function ms(limit: Limit): number {
  return typeof limit === "number" ? limit : Date.parse(limit);
}

/** Milliseconds of a moment as DuckDB prints it, or as ISO text. */
export function momentOf(text: string): number {
  return Date.parse(text.replace(" ", "T").replace(/(?<!Z)$/, "Z"));
}

/**
 * The figure is within its bounds. `value` is a number, or milliseconds where the bounds are
 * moments; `undefined` where no row holds a value.
 */
export function judgeFigure(
  expectation: Expectation<FigureRule>,
  { value, privacy }: { readonly value: number | undefined; readonly privacy: Privacy },
): Outcome {
  if (value === undefined) return { expectation, verdict: "skipped", reason: "no values" };
  const { rule } = expectation;
  const { min, max } = rule as Bounds<Limit>;
  const isMoment = typeof (min ?? max) === "string";
  const bounds = {
    ...(min === undefined ? {} : { min: ms(min) }),
    ...(max === undefined ? {} : { max: ms(max) }),
  };
  const exact = privacy === "public" || rule.kind === "proportion_unique_between";
  const observed = isMoment ? new Date(value).toISOString().slice(0, 4) : rounded(value, exact);
  return outcome(expectation, isWithin(value, bounds), { observed });
}

/** A mean or quantile of personal values can be the value of one person: two digits say enough. */
function rounded(value: number, exact: boolean): string {
  return exact ? String(Number(value.toPrecision(6))) : `about ${Number(value.toPrecision(2))}`;
}

/** The latest moment is not too long ago. */
export function judgeFresh(
  expectation: Expectation,
  { latest, now }: { readonly latest: number | undefined; readonly now: number },
): Outcome {
  const { days } = expectation.rule as Extract<TableRule, { kind: "fresh" }>;
  if (latest === undefined) return outcome(expectation, false, { observed: "nothing" });
  const age = (now - latest) / DAY;
  return outcome(expectation, age <= days, { observed: `${Math.round(age * 10) / 10} days old` });
}

/** Distributions of an earlier run and of this one. */
export interface Drift {
  readonly before: Distribution | undefined;
  /** When the earlier run was. */
  readonly since: string | undefined;
  readonly now: Distribution;
}

/** The distribution is that of an earlier run. */
export function judgeDrift(expectation: Expectation, { before, since, now }: Drift): Outcome {
  if (before === undefined) {
    return { expectation, verdict: "skipped", reason: "no earlier run that passed" };
  }
  const { significance } = expectation.rule as Extract<TableRule, { kind: "no_drift" }>;
  const { statistic, degreesOfFreedom, p } = chiSquare(before, now);
  const observed = `chi-square ${Number(statistic.toPrecision(5))}, ` +
    `${degreesOfFreedom} degrees of freedom, p ${Number(p.toPrecision(3))}, since ${since}`;
  return outcome(expectation, p >= significance, { observed });
}
