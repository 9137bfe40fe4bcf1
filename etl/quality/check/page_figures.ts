// Computes figures of JSON records the way DuckDB computes figures of columns.
import type { Expectation, FigureRule } from "./expectation.ts";
import { evaluateFigure } from "./outcome.ts";
import { amount, areMoments, type Evaluation, valueAt } from "./page_rules.ts";
import { privacyOf } from "./privacy.ts";

/** Returns the same value as DuckDB's `quantile_disc`. */
function quantileOf(values: number[], share: number): number | undefined {
  values.sort((a, b) => a - b);
  return values[Math.max(0, Math.ceil(share * values.length) - 1)];
}

function figureOf(rule: FigureRule, values: number[]): number | undefined {
  if (values.length === 0) return undefined;
  if (rule.kind === "quantile_between") return quantileOf(values, rule.quantile);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function evaluateFigures(expectation: Expectation<FigureRule>): Evaluation {
  const { rule, table } = expectation;
  const isMoment = areMoments(rule);
  const values: number[] = [];
  const distinct = new Set<string>();
  let held = 0;
  return {
    expectation,
    add: ({ record }) => {
      const value = valueAt(record, rule.column);
      if (value === undefined) return;
      held++;
      if (rule.kind === "proportion_unique_between") distinct.add(JSON.stringify(value));
      else if (!Number.isNaN(amount(value, isMoment))) values.push(amount(value, isMoment));
    },
    done: () => {
      const value = rule.kind !== "proportion_unique_between"
        ? figureOf(rule, values)
        : held === 0
        ? undefined
        : distinct.size / held;
      return evaluateFigure(expectation, { value, privacy: privacyOf(table, rule.column) });
    },
  };
}
