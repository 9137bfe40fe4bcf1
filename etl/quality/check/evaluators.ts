// Validates tables against one kind of expectation at a time.
import { splitStatements } from "../../query/mod.ts";
import type { Answer } from "../../load/database/mod.ts";
import { type Asked, askOne } from "./ask.ts";
import type { Distribution } from "./chi_square.ts";
import type {
  Expectation,
  FigureRule,
  KeyRule,
  Kind,
  RowRule,
  Rule,
  RuleOf,
} from "./expectation.ts";
import * as outcome from "./outcome.ts";
import type { Outcome, Surroundings } from "./outcome.ts";
import * as sql from "./sql.ts";

export interface Known extends Surroundings {
  readonly asked: Asked;
  readonly found: sql.FoundTables;
  readonly rows: Readonly<Record<string, number>>;
  /** Returns the figures of {@link expressions}, or throws the error of their scan. */
  readonly figures: (expectation: Expectation) => readonly (string | null)[];
  /** Distributions by column, collected during the check. */
  readonly profile: Record<string, Distribution>;
}

export type Evaluator<R extends Rule> = (
  expectation: Expectation<R>,
  known: Known,
) => Outcome | Promise<Outcome>;

/** Lists the SQL expressions that an expectation needs; none if it needs no scan. */
function expressions(expectation: Expectation, found: sql.FoundColumns): readonly string[] {
  const { rule } = expectation;
  switch (rule.kind) {
    case "not_null":
    case "in_set":
    case "matches":
    case "between":
    case "length": {
      const ofRows = expectation as Expectation<RowRule>;
      return [sql.totalSql(ofRows, found), sql.failedSql(ofRows, found)];
    }
    case "mean_between":
    case "quantile_between":
    case "proportion_unique_between":
      return [sql.figureSql(expectation as Expectation<FigureRule>, found)];
    case "fresh":
      return rule.column === undefined ? [] : [sql.latestSql(rule.column, found)];
    default:
      return [];
  }
}

function columnsIn({ found, asked }: Pick<Known, "found" | "asked">, table: string) {
  return found.get(table) ?? { dialect: asked.dialect, types: new Map<string, string>() };
}

/** Scans each table once for all expectations that are a figure of its rows. */
export async function scan(
  expectations: readonly Expectation[],
  tables: Pick<Known, "asked" | "found">,
): Promise<Known["figures"]> {
  const answers = new Map<string, Answer | Error>();
  const ofOne = (one: Expectation) => expressions(one, columnsIn(tables, one.table));
  for (const [table, some] of Map.groupBy(expectations, ({ table }) => table)) {
    const list = [...new Set(some.flatMap(ofOne))];
    if (list.length === 0) continue;
    const named = list.map((expression, at) => `${expression} as f${at}`);
    try {
      const answer = await askOne(tables.asked, `select ${named.join(",\n")}\nfrom ${table}`);
      const figures = list.map((expression, at) => [expression, answer[`f${at}`] ?? null]);
      answers.set(table, Object.fromEntries(figures));
    } catch (error) {
      answers.set(table, error as Error);
    }
  }
  return (expectation) => {
    const answer = answers.get(expectation.table) ?? {};
    if (answer instanceof Error) throw answer;
    return ofOne(expectation).map((expression) => answer[expression] ?? null);
  };
}

/** Computes the outcome of counts, with a query for the failed rows. */
function counted(
  expectation: Expectation,
  { total, failed, query }: { total: number; failed: number; query: () => string },
): Outcome {
  const evaluated = outcome.evaluateCounts(expectation, { total, failed });
  return failed > 0 ? { ...evaluated, query: query() } : evaluated;
}

const byRow: Evaluator<RowRule> = (expectation, known) => {
  const [total = 0, failed = 0] = known.figures(expectation).map(Number);
  const query = () => sql.brokenRows(expectation, columnsIn(known, expectation.table));
  return counted(expectation, { total, failed, query });
};

const byKey: Evaluator<KeyRule> = async (expectation, { asked, found }) => {
  const counts = await askOne(asked, sql.keyCounts(expectation, found));
  const [total, failed] = [Number(counts["total"]), Number(counts["failed"])];
  return counted(expectation, { total, failed, query: () => sql.brokenKeys(expectation, found) });
};

const byFigure: Evaluator<FigureRule> = (expectation, known) => {
  const [text = null] = known.figures(expectation);
  const number = Number(text);
  const value = text === null ? undefined : Number.isNaN(number) ? outcome.momentOf(text) : number;
  return outcome.evaluateFigure(expectation, value);
};

const byType: Evaluator<RuleOf<"type">> = (expectation, known) => {
  const { rule, table } = expectation;
  const { dialect, types } = columnsIn(known, table);
  const observed = types.get(rule.column) ?? "";
  const accepted = dialect.accepts(rule.type, observed);
  return { expectation, verdict: accepted ? "passed" : "failed", observed };
};

const byFreshness: Evaluator<RuleOf<"fresh">> = async (expectation, known) => {
  const { now, asked: { knowsWritten } } = known;
  const { table, rule: { column } } = expectation;
  if (column === undefined) {
    return knowsWritten
      ? outcome.evaluateFreshness(expectation, { latest: await known.written(table), now })
      : outcome.skipped(expectation, "a database does not record when its tables were written");
  }
  const [text = null] = known.figures(expectation);
  const latest = text === null ? undefined : outcome.momentOf(text);
  return outcome.evaluateFreshness(expectation, { latest, now });
};

const byDrift: Evaluator<RuleOf<"no_drift">> = async (expectation, known) => {
  const { table, rule: { column } } = expectation;
  const rows = await known.asked.ask(
    sql.distributionSql({ table, column }, columnsIn(known, table)),
  );
  const now = Object.fromEntries(rows.map(({ value, times }) => [value ?? "", Number(times)]));
  known.profile[`${table}.${column}`] = now;
  return outcome.evaluateDrift(expectation, now, known.baseline);
};

const bySql: Evaluator<RuleOf<"violations">> = async (expectation, { asked, rows }) => {
  const query = splitStatements(expectation.rule.sql).statements[0]?.sql ?? "";
  // The query stays on this line, so that DuckDB's line numbers match those of the file.
  const answer = await askOne(asked, `select count(*) as failed from (${query}\n) as broken`);
  const failed = Number(answer["failed"]);
  const total = Math.max(failed, rows[expectation.table] ?? 0);
  return counted(expectation, { total, failed, query: () => query });
};

const byRows: Evaluator<RuleOf<"row_count_between" | "row_count_compared">> = (
  expectation,
  { rows },
) => {
  const { rule, table } = expectation;
  const other = rule.kind === "row_count_compared" ? rows[rule.other] : undefined;
  return outcome.evaluateRows(expectation, rows[table] ?? 0, other);
};

export const EVALUATORS: { readonly [K in Kind]?: Evaluator<RuleOf<K>> } = {
  not_null: byRow,
  in_set: byRow,
  matches: byRow,
  between: byRow,
  length: byRow,
  unique: byKey,
  compound_unique: byKey,
  foreign_key: byKey,
  mean_between: byFigure,
  quantile_between: byFigure,
  proportion_unique_between: byFigure,
  type: byType,
  row_count_between: byRows,
  row_count_compared: byRows,
  fresh: byFreshness,
  no_drift: byDrift,
  violations: bySql,
};
