// Computes outcomes from counts and figures, so that all engines and stages agree. No outcome shows
// a value of a person.
import { number } from "../../common/counts.ts";
import type { Privacy } from "../../../schema/mod.ts";
import { chiSquare, type Distribution } from "./chi_square.ts";
import type { Bounds, Expectation, FigureRule, Limit, TableRule } from "./expectation.ts";

/**
 * - `passed`, `failed`: the data was checked.
 * - `skipped`: something that the check needs is missing; `reason` names it.
 * - `broken`: the expectation itself could not run; `reason` says why.
 */
export type Verdict = "passed" | "failed" | "skipped" | "broken";

export interface Outcome {
  readonly expectation: Expectation;
  readonly verdict: Verdict;
  /** The number of checked values. */
  readonly total?: number;
  readonly failed?: number;
  /** The observed figure, for a person to read. */
  readonly observed?: string;
  readonly reason?: string;
  /** SQL that returns all failed rows. */
  readonly query?: string;
  /** Some failed rows: masked values by column. */
  readonly sample?: readonly Readonly<Record<string, string>>[];
}

export interface Counts {
  readonly total: number;
  readonly failed: number;
}

const DAY = 86_400_000;

function outcome(expectation: Expectation, holds: boolean, rest: Partial<Outcome>): Outcome {
  return { expectation, verdict: holds ? "passed" : "failed", ...rest };
}

export function broken(expectation: Expectation, reason: string): Outcome {
  return { expectation, verdict: "broken", reason };
}

/** Skips an expectation if there are too few or too many rows. */
export function outOfScope(expectation: Expectation, rows: number): Outcome | undefined {
  const { min = 0, max = Infinity } = expectation.rows ?? {};
  if (rows >= min && rows <= max) return undefined;
  const limit = rows < min ? `from ${number(min)} on` : `up to ${number(max)}`;
  return { expectation, verdict: "skipped", reason: `${number(rows)} rows, evaluated ${limit}` };
}

/** Computes the outcome of counts. A rule passes if there are no rows. */
export function evaluateCounts(expectation: Expectation, { total, failed }: Counts): Outcome {
  const kept = total === 0 ? 1 : (total - failed) / total;
  return outcome(expectation, kept >= expectation.mostly, { total, failed });
}

export function evaluateRows(expectation: Expectation, rows: number, other = NaN): Outcome {
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

/** Parses a moment in DuckDB's format or ISO format. */
export function momentOf(text: string): number {
  return Date.parse(text.replace(" ", "T").replace(/(?<!Z)$/, "Z"));
}

/**
 * Computes the outcome of a figure: a number, or milliseconds if the bounds are moments. `value` is
 * `undefined` if the column has no values.
 */
export function evaluateFigure(
  expectation: Expectation<FigureRule>,
  { value, privacy }: { value: number | undefined; privacy: Privacy },
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

/** Rounds a figure of personal values to two digits, because it can be the value of one person. */
function rounded(value: number, exact: boolean): string {
  return exact ? String(Number(value.toPrecision(6))) : `about ${Number(value.toPrecision(2))}`;
}

export function evaluateFreshness(
  expectation: Expectation,
  { latest, now }: { latest: number | undefined; now: number },
): Outcome {
  const { days } = expectation.rule as Extract<TableRule, { kind: "fresh" }>;
  if (latest === undefined) return outcome(expectation, false, { observed: "nothing" });
  const age = (now - latest) / DAY;
  return outcome(expectation, age <= days, { observed: `${Math.round(age * 10) / 10} days old` });
}

export interface Drift {
  readonly before: Distribution | undefined;
  readonly since: string | undefined;
  readonly now: Distribution;
}

export function evaluateDrift(expectation: Expectation, { before, since, now }: Drift): Outcome {
  if (before === undefined) {
    return { expectation, verdict: "skipped", reason: "no earlier run that passed" };
  }
  const { significance } = expectation.rule as Extract<TableRule, { kind: "no_drift" }>;
  const { statistic, degreesOfFreedom, p } = chiSquare(before, now);
  const observed = `chi-square ${Number(statistic.toPrecision(5))}, ` +
    `${degreesOfFreedom} degrees of freedom, p ${Number(p.toPrecision(3))}, since ${since}`;
  return outcome(expectation, p >= significance, { observed });
}
