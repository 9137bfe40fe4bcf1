// Tests whether two distributions differ by more than chance, with Pearson's chi-square test of
// homogeneity. Only this module imports jstat.
// @ts-types="./jstat.d.ts"
import jStat from "npm:jstat@1.9.6";

export type Distribution = Readonly<Record<string, number>>;

interface ChiSquare {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** The probability of a statistic at least this large if nothing has changed. */
  readonly p: number;
}

/** The least expected count for which the test holds; rarer categories are merged. */
const LEAST_EXPECTED = 5;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Pairs the counts of each category in both distributions, and merges rare categories. */
function pairs(before: Distribution, now: Distribution): (readonly [number, number])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const all = names.map((name) => [before[name] ?? 0, now[name] ?? 0] as const);
  const totals = [sum(all.map(([count]) => count)), sum(all.map(([, count]) => count))] as const;
  const smaller = Math.min(...totals) / sum(totals);
  const isRare = (pair: readonly [number, number]) => sum(pair) * smaller < LEAST_EXPECTED;
  const rare = all.filter(isRare);
  const rest = [sum(rare.map(([count]) => count)), sum(rare.map(([, count]) => count))] as const;
  return [...all.filter((pair) => !isRare(pair)), ...(sum(rest) > 0 ? [rest] : [])];
}

/** Runs the test. Fewer than two categories or an empty distribution give statistic 0 and p 1. */
export function chiSquare(before: Distribution, now: Distribution): ChiSquare {
  const counts = pairs(before, now);
  const totals = [sum(counts.map(([a]) => a)), sum(counts.map(([, b]) => b))] as const;
  if (counts.length < 2 || totals[0] === 0 || totals[1] === 0) {
    return { statistic: 0, degreesOfFreedom: 0, p: 1 };
  }
  const statistic = sum(counts.flatMap((pair) =>
    pair.map((count, at) => {
      const expected = sum(pair) * (totals[at] ?? 0) / sum(totals);
      return (count - expected) ** 2 / expected;
    })
  ));
  const degreesOfFreedom = counts.length - 1;
  const p = Math.max(0, 1 - jStat.chisquare.cdf(statistic, degreesOfFreedom));
  return { statistic, degreesOfFreedom, p };
}
