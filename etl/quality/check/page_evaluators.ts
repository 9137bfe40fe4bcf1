import {
  type Expectation,
  type FigureRule,
  isMoment,
  type Kind,
  type RuleOf,
} from "./expectation.ts";
import * as outcome from "./outcome.ts";
import type { Surroundings } from "./outcome.ts";
import {
  amount,
  type Evaluation,
  type Keeps,
  keepsOf,
  shownRecord,
  valueAt,
} from "./page_rules.ts";
import { mistake } from "./preflight.ts";

type Started = Omit<Evaluation, "expectation">;

function byRecord(expectation: Expectation, keeps: Keeps): Started {
  let [total, failed] = [0, 0];
  const sample: Record<string, string>[] = [];
  return {
    add: (found) => {
      const kept = keeps(found);
      if (kept === undefined) return;
      total++;
      if (kept) return;
      failed++;
      if (sample.length < outcome.SAMPLE_ROWS) sample.push(shownRecord(expectation, found));
    },
    done: () => outcome.evaluateCounts(expectation, { total, failed, sample }),
  };
}

function byKey(expectation: Expectation<RuleOf<"unique" | "compound_unique">>): Started {
  const { rule } = expectation;
  const columns = rule.kind === "unique" ? [rule.column] : rule.columns;
  const counts = new Map<string, number>();
  const sample: Record<string, string>[] = [];
  return {
    add: (found) => {
      const values = columns.map((column) => valueAt(found.record, column));
      if (values.includes(undefined)) return;
      const key = JSON.stringify(values);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > 1 && sample.length < outcome.SAMPLE_ROWS) {
        sample.push(shownRecord(expectation, found));
      }
    },
    done: () => {
      const all = [...counts.values()];
      const total = all.reduce((sum, count) => sum + count, 0);
      const failed = total - all.filter((count) => count === 1).length;
      return outcome.evaluateCounts(expectation, { total, failed, sample });
    },
  };
}

/** Computes figures the way DuckDB does; a quantile is that of its `quantile_disc`. */
function figureOf(rule: FigureRule, values: number[]): number | undefined {
  if (values.length === 0) return undefined;
  if (rule.kind === "quantile_between") {
    values.sort((a, b) => a - b);
    return values[Math.max(0, Math.ceil(rule.quantile * values.length) - 1)];
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function byFigure(expectation: Expectation<FigureRule>): Started {
  const { rule } = expectation;
  const asMoment = isMoment(rule);
  const values: number[] = [];
  return {
    add: ({ record }) => {
      const value = amount(valueAt(record, rule.column) ?? "", asMoment);
      if (!Number.isNaN(value)) values.push(value);
    },
    done: () => outcome.evaluateFigure(expectation, figureOf(rule, values)),
  };
}

function byProportion(expectation: Expectation<RuleOf<"proportion_unique_between">>): Started {
  const distinct = new Set<string>();
  let held = 0;
  return {
    add: ({ record }) => {
      const value = valueAt(record, expectation.rule.column);
      if (value === undefined) return;
      held++;
      distinct.add(JSON.stringify(value));
    },
    done: () => outcome.evaluateFigure(expectation, held === 0 ? undefined : distinct.size / held),
  };
}

function byFreshness(
  expectation: Expectation<RuleOf<"fresh">>,
  { now, written }: Surroundings,
): Started {
  const { rule: { column }, table } = expectation;
  let newest: number | undefined;
  return {
    add: ({ record }) => {
      if (column === undefined) return;
      const moment = amount(valueAt(record, column) ?? "", true);
      if (moment > (newest ?? -Infinity)) newest = moment;
    },
    done: async () => {
      const latest = column === undefined ? await written(table) : newest;
      return outcome.evaluateFreshness(expectation, { latest, now });
    },
  };
}

function byDrift(
  expectation: Expectation<RuleOf<"no_drift">>,
  { baseline }: Surroundings,
): Started {
  const now: Record<string, number> = Object.create(null);
  return {
    distribution: now,
    add: ({ record }) => {
      const value = valueAt(record, expectation.rule.column);
      if (value !== undefined) now[String(value)] = (now[String(value)] ?? 0) + 1;
    },
    done: () => outcome.evaluateDrift(expectation, now, baseline),
  };
}

function nothing(done: Evaluation["done"]): Started {
  return { add: () => {}, done };
}

/** Rules that need more than one record. */
const OF_ALL: {
  readonly [K in Kind]?: (
    expectation: Expectation<RuleOf<K>>,
    surroundings: Surroundings,
  ) => Started;
} = {
  unique: byKey,
  compound_unique: byKey,
  mean_between: byFigure,
  quantile_between: byFigure,
  proportion_unique_between: byProportion,
  fresh: byFreshness,
  no_drift: byDrift,
  row_count_between: (expectation) => nothing((rows) => outcome.evaluateRows(expectation, rows)),
};

function byRule(expectation: Expectation, surroundings: Surroundings): Started {
  const { rule } = expectation;
  const refuse = (reason: string) => nothing(() => outcome.broken(expectation, reason));
  const wrong = mistake(expectation);
  if (wrong !== undefined) return refuse(wrong);
  const keeps = keepsOf(rule);
  if (keeps !== undefined) return byRecord(expectation, keeps);
  const start = OF_ALL[rule.kind] as typeof byRule | undefined;
  return start?.(expectation, surroundings) ??
    refuse(`${rule.kind} is for the stage tables, not for pages`);
}

/** Starts an expectation. An error in a custom predicate becomes its outcome. */
export function startEvaluating(expectation: Expectation, surroundings: Surroundings): Evaluation {
  const { where, rows: { max = Infinity } = {} } = expectation;
  const started = byRule(expectation, surroundings);
  // Dropped with all collected data once there are too many rows for the expectation.
  let evaluating: Started | undefined = started;
  let shown = 0;
  let fault: string | undefined;
  return {
    ...started,
    expectation,
    add: (found) => {
      if (++shown > max) evaluating = undefined;
      if (fault !== undefined || evaluating === undefined) return;
      if (where && !where.in.includes(String(valueAt(found.record, where.column)))) return;
      try {
        evaluating.add(found);
      } catch (error) {
        // The message may quote the person, so only the error name and its position are kept.
        fault = `${error instanceof Error ? error.name : "an exception"} at ${placeOf(error)}`;
      }
    },
    done: (rows) => {
      if (fault !== undefined) return outcome.broken(expectation, fault);
      return outcome.outOfScope(expectation, rows) ?? evaluating!.done(rows);
    },
  };
}

function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? "" : "";
  return /([^/\\(]+:\d+):\d+\)?$/m.exec(stack)?.[1] ?? "an unknown place";
}
