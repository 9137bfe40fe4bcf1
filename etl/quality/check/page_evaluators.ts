// Validates pages record by record.
import type { Expectation, KeyRule, Rule } from "./expectation.ts";
import * as outcome from "./outcome.ts";
import {
  amount,
  type Evaluation,
  type Keeps,
  keepsOf,
  shownRecord,
  valueAt,
} from "./page_rules.ts";
import { evaluateFigures } from "./page_figures.ts";
import { mistake } from "./preflight.ts";
import type { Surroundings } from "./surroundings.ts";

const SAMPLE = 3;

function byRecord(expectation: Expectation, keeps: Keeps): Evaluation {
  let [total, failed] = [0, 0];
  const sample: Record<string, string>[] = [];
  return {
    expectation,
    add: (found) => {
      const kept = keeps(found);
      if (kept === undefined) return;
      total++;
      if (kept) return;
      failed++;
      if (sample.length < SAMPLE) sample.push(shownRecord(expectation, found));
    },
    done: () => ({
      ...outcome.evaluateCounts(expectation, { total, failed }),
      ...(sample.length > 0 && { sample }),
    }),
  };
}

function byKey(
  expectation: Expectation<Exclude<KeyRule, { kind: "foreign_key" }>>,
): Evaluation {
  const { rule } = expectation;
  const columns = rule.kind === "unique" ? [rule.column] : rule.columns;
  const counts = new Map<string, number>();
  const sample: Record<string, string>[] = [];
  return {
    expectation,
    add: (found) => {
      const values = columns.map((column) => valueAt(found.record, column));
      if (values.includes(undefined)) return;
      const key = JSON.stringify(values);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > 1 && sample.length < SAMPLE) sample.push(shownRecord(expectation, found));
    },
    done: () => {
      const all = [...counts.values()];
      const total = all.reduce((sum, count) => sum + count, 0);
      const failed = total - all.filter((count) => count === 1).length;
      const evaluated = outcome.evaluateCounts(expectation, { total, failed });
      return sample.length > 0 ? { ...evaluated, sample } : evaluated;
    },
  };
}

type Of<K extends Rule["kind"]> = Expectation<Extract<Rule, { readonly kind: K }>>;

function byFreshness(expectation: Of<"fresh">, { now, written }: Surroundings): Evaluation {
  const { rule: { column }, table } = expectation;
  let newest = -Infinity;
  return {
    expectation,
    add: ({ record }) => {
      if (column === undefined) return;
      const moment = amount(valueAt(record, column) ?? "", true);
      if (moment > newest) newest = moment;
    },
    done: async () => {
      const latest = column === undefined ? await written(table) : newest;
      return outcome.evaluateFreshness(expectation, {
        latest: latest === -Infinity ? undefined : latest,
        now,
      });
    },
  };
}

function byDrift(expectation: Of<"no_drift">, { baseline }: Surroundings): Evaluation {
  const { rule: { column }, table } = expectation;
  const now: Record<string, number> = Object.create(null);
  return {
    expectation,
    distribution: now,
    add: ({ record }) => {
      const value = valueAt(record, column);
      if (value !== undefined) now[String(value)] = (now[String(value)] ?? 0) + 1;
    },
    done: () => {
      const before = baseline?.profile[`${table}.${column}`];
      return outcome.evaluateDrift(expectation, { before, since: baseline?.at, now });
    },
  };
}

function nothing(expectation: Expectation, done: Evaluation["done"]): Evaluation {
  return { expectation, add: () => {}, done };
}

function byRule(expectation: Expectation, surroundings: Surroundings): Evaluation {
  const { rule } = expectation;
  const wrong = mistake(expectation);
  if (wrong !== undefined) return nothing(expectation, () => outcome.broken(expectation, wrong));
  const keeps = keepsOf(rule);
  if (keeps !== undefined) return byRecord(expectation, keeps);
  switch (rule.kind) {
    case "unique":
    case "compound_unique":
      return byKey(expectation as never);
    case "mean_between":
    case "quantile_between":
    case "proportion_unique_between":
      return evaluateFigures(expectation as never);
    case "fresh":
      return byFreshness(expectation as never, surroundings);
    case "no_drift":
      return byDrift(expectation as never, surroundings);
    case "row_count_between":
      return nothing(expectation, (rows) => outcome.evaluateRows(expectation, rows));
    default:
      return nothing(
        expectation,
        () => outcome.broken(expectation, `${rule.kind} is for the stage tables, not for pages`),
      );
  }
}

/** Starts an expectation. An error in a custom predicate becomes its outcome. */
export function startEvaluating(expectation: Expectation, surroundings: Surroundings): Evaluation {
  const { where, rows: { max = Infinity } = {} } = expectation;
  const started = byRule(expectation, surroundings);
  // Dropped with all collected data once there are too many rows for the expectation.
  let evaluating: Evaluation | undefined = started;
  let shown = 0;
  let fault: string | undefined;
  return {
    ...started,
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

/** Returns the position of an error, such as `emails.ts:12`. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? "" : "";
  return /([^/\\(]+:\d+):\d+\)?$/m.exec(stack)?.[1] ?? "an unknown place";
}
