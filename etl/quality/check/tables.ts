// Validates tables: Parquet on either DuckDB, or the tables of a database.
import { DebrError } from "../../common/errors.ts";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import type { Dataset } from "../../query/mod.ts";
import { askDataset, type Asked, askOne } from "./ask.ts";
import type { Expectation, Rule } from "./expectation.ts";
import { type Judge, JUDGES, type Known } from "./judges.ts";
import * as outcome from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { preflight } from "./preflight.ts";
import { sampleOf } from "./sample.ts";
import { scan } from "./scan.ts";
import type { Judged, Surroundings } from "./surroundings.ts";

async function countRows(asked: Asked): Promise<Record<string, number>> {
  const counts = TABLE_NAMES.map((name) => `(select count(*) from ${name}) as ${name}`);
  const row = await askOne(asked, `select ${counts.join(", ")}`);
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)]));
}

/** Checks one expectation; a fault becomes its outcome. */
async function judge(
  expectation: Expectation,
  known: Known,
  signal?: AbortSignal,
): Promise<Outcome> {
  const judgeRule = JUDGES[expectation.rule.kind] as Judge<Rule>;
  const { asked } = known;
  try {
    const judged = await judgeRule(expectation, known);
    const { verdict, query } = judged;
    if (verdict !== "failed" || query === undefined) return judged;
    const sample = await sampleOf(query, { ...known, expectation });
    return { ...judged, query: asked.whole(query), sample };
  } catch (error) {
    signal?.throwIfAborted();
    // A lost connection says nothing about the data or the expectation.
    if (error instanceof DebrError && error.transient) throw error;
    const foreign = expectation.rule.kind === "violations" ? asked.foreign(error) : undefined;
    if (foreign !== undefined) return { expectation, verdict: "skipped", reason: foreign };
    return outcome.broken(expectation, asked.reasonOf(error));
  }
}

interface ToJudge extends Surroundings {
  readonly asked: Asked;
  readonly signal?: AbortSignal;
}

/**
 * Checks tables and returns outcomes in the order of the expectations. Rejects with a
 * `DestinationError` or `UsageError` if the tables cannot be read at all.
 */
export async function judgeAsked(
  expectations: readonly Expectation[],
  { asked, signal, ...surroundings }: ToJudge,
): Promise<Judged<Outcome>> {
  const found = await asked.find();
  const rows = await countRows(asked);
  const settled = new Map(
    expectations.map((expectation) => [
      expectation,
      preflight(expectation, found) ??
        outcome.outOfScope(expectation, rows[expectation.table] ?? 0),
    ]),
  );
  const open = expectations.filter((expectation) => settled.get(expectation) === undefined);
  const figures = await scan(open, { asked, found });
  const known: Known = { ...surroundings, asked, found, rows, figures, profile: {} };
  const outcomes: Outcome[] = [];
  for (const expectation of expectations) {
    outcomes.push(settled.get(expectation) ?? await judge(expectation, known, signal));
  }
  return { outcomes, rows, profile: known.profile };
}

export async function judgeTables(
  expectations: readonly Expectation[],
  { dataset, ...around }: Omit<ToJudge, "asked"> & { readonly dataset: Dataset },
): Promise<Judged<Outcome>> {
  return await judgeAsked(expectations, { ...around, asked: askDataset(dataset, around.signal) });
}
