import { DebrError } from "../../common/errors.ts";
import { TABLE_NAMES, type TableName, TABLES } from "../../../schema/mod.ts";
import type { Dataset } from "../../query/mod.ts";
import { mask } from "../../transform/validate/mask.ts";
import { askDataset, type Asked, askOne } from "./ask.ts";
import { columnsOfRule, type Expectation } from "./expectation.ts";
import { evaluatorOf, type Known, scan } from "./evaluators.ts";
import * as outcome from "./outcome.ts";
import type { Evaluated, Outcome, Surroundings } from "./outcome.ts";
import { preflight } from "./preflight.ts";
import { columnSql } from "./sql.ts";

async function countRows(asked: Asked): Promise<Record<string, number>> {
  const counts = TABLE_NAMES.map((name) => `(select count(*) from ${name}) as ${name}`);
  const row = await askOne(asked, `select ${counts.join(", ")}`);
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)]));
}

function shownColumns({ table, rule, where }: Expectation, { found }: Known): readonly string[] {
  if (rule.kind === "violations") return [];
  const key = TABLES[table as TableName].primaryKey;
  const names = new Set([...key, ...columnsOfRule(rule), ...(where ? [where.column] : [])]);
  return [...names].filter((name) => found.get(table)?.types.has(name));
}

/** Masks all columns of a custom SELECT: `select email as gender` would look public. */
async function sampleOf(expectation: Expectation, query: string, known: Known) {
  const { asked } = known;
  const columns = shownColumns(expectation, known);
  const isCustom = columns.length === 0;
  const list = isCustom ? "*" : columns.map((name) => columnSql(name, asked)).join(", ");
  const rows = await asked.ask(
    `select ${list} from (\n${query}\n) as broken limit ${outcome.SAMPLE_ROWS}`,
  );
  const masked = ([name, value]: [string, string | null]) => {
    const privacy = isCustom ? "sensitive" : outcome.privacyOf(expectation.table, name);
    return [name, mask(value, privacy)];
  };
  return rows.map((row): Record<string, string> =>
    Object.fromEntries(Object.entries(row).map(masked))
  );
}

async function evaluate(
  expectation: Expectation,
  known: Known,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { asked } = known;
  try {
    const evaluated = await evaluatorOf(expectation).evaluate(expectation, known);
    const { verdict, query } = evaluated;
    if (verdict !== "failed" || query === undefined) return evaluated;
    const sample = await sampleOf(expectation, query, known);
    return { ...evaluated, query: asked.whole(query), sample };
  } catch (error) {
    signal?.throwIfAborted();
    // A lost connection says nothing about the data or the expectation.
    if (error instanceof DebrError && error.transient) throw error;
    const foreign = expectation.rule.kind === "violations" ? asked.foreign(error) : undefined;
    if (foreign !== undefined) return outcome.skipped(expectation, foreign);
    return outcome.broken(expectation, asked.reasonOf(error));
  }
}

interface ToEvaluate extends Surroundings {
  readonly asked: Asked;
  readonly signal?: AbortSignal;
}

/** Returns outcomes in order. Rejects with a `DestinationError` or `UsageError` without tables. */
export async function checkAsked(
  expectations: readonly Expectation[],
  { asked, signal, ...surroundings }: ToEvaluate,
): Promise<Evaluated> {
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
    outcomes.push(settled.get(expectation) ?? await evaluate(expectation, known, signal));
  }
  return { outcomes, rows, profile: known.profile };
}

export async function checkTables(
  expectations: readonly Expectation[],
  { dataset, ...around }: Omit<ToEvaluate, "asked"> & { readonly dataset: Dataset },
): Promise<Evaluated> {
  return await checkAsked(expectations, { ...around, asked: askDataset(dataset, around.signal) });
}
