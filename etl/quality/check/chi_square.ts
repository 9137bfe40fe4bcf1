// Tests with Pearson's chi-square of homogeneity if distributions differ by more than chance.
import jStat from "npm:jstat@1.9.6";

export type Distribution = Readonly<Record<string, number>>;

type Pair = readonly [before: number, now: number];

/** The least expected count for which the test holds; rarer categories are merged. */
const LEAST_EXPECTED = 5;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function totalsOf(pairs: readonly Pair[]): Pair {
  return [sum(pairs.map(([before]) => before)), sum(pairs.map(([, now]) => now))];
}

function pairsOf(before: Distribution, now: Distribution): Pair[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const all = [...names].map((name): Pair => [before[name] ?? 0, now[name] ?? 0]);
  const totals = totalsOf(all);
  const smaller = Math.min(...totals) / sum(totals);
  const isRare = (pair: Pair) => sum(pair) * smaller < LEAST_EXPECTED;
  const { true: rare = [], false: others = [] } = Object.groupBy(all, (pair) => `${isRare(pair)}`);
  const rest = totalsOf(rare);
  return sum(rest) > 0 ? [...others, rest] : others;
}

/** Runs the test; `p` is the probability of at least this statistic if nothing has changed. */
export function chiSquare(before: Distribution, now: Distribution) {
  const pairs = pairsOf(before, now);
  const totals = totalsOf(pairs);
  if (pairs.length < 2 || totals.includes(0)) return { statistic: 0, degreesOfFreedom: 0, p: 1 };
  const statistic = sum(pairs.flatMap((pair) =>
    pair.map((count, at) => {
      const expected = sum(pair) * totals[at]! / sum(totals);
      return (count - expected) ** 2 / expected;
    })
  ));
  const degreesOfFreedom = pairs.length - 1;
  const p = Math.max(0, 1 - jStat.chisquare.cdf(statistic, degreesOfFreedom));
  return { statistic, degreesOfFreedom, p };
}
