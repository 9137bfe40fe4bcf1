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
  /** Returns the values of the expressions that are needed, or throws the error of the scan. */
  readonly figures: (expectation: Expectation) => readonly (string | null)[];
  readonly profile: Record<string, Distribution>;
}

interface Evaluator<R extends Rule> {
  /** Lists the SQL expressions that the scan of the table computes. */
  readonly needs?: (expectation: Expectation<R>, found: sql.FoundColumns) => readonly string[];
  readonly evaluate: (expectation: Expectation<R>, known: Known) => Outcome | Promise<Outcome>;
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
  const ofOne = (one: Expectation) =>
    evaluatorOf(one).needs?.(one, columnsIn(tables, one.table)) ?? [];
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

const byRow: Evaluator<RowRule> = {
  needs: (expectation, found) => [
    sql.totalSql(expectation, found),
    sql.failedSql(expectation, found),
  ],
  evaluate: (expectation, known) => {
    const [total = 0, failed = 0] = known.figures(expectation).map(Number);
    const query = () => sql.brokenRows(expectation, columnsIn(known, expectation.table));
    return outcome.evaluateCounts(expectation, { total, failed, query });
  },
};

async function byKey(expectation: Expectation<KeyRule>, { asked, found }: Known): Promise<Outcome> {
  const counts = await askOne(asked, sql.keyCounts(expectation, found));
  const [total, failed] = [Number(counts["total"]), Number(counts["failed"])];
  return outcome.evaluateCounts(expectation, {
    total,
    failed,
    query: () => sql.brokenKeys(expectation, found),
  });
}

const byFigure: Evaluator<FigureRule> = {
  needs: (expectation, found) => [sql.figureSql(expectation, found)],
  evaluate: (expectation, { figures }) => {
    const [text = null] = figures(expectation);
    const number = Number(text);
    const moment = text !== null && Number.isNaN(number) ? outcome.momentOf(text) : number;
    return outcome.evaluateFigure(expectation, text === null ? undefined : moment);
  },
};

function byType(expectation: Expectation<RuleOf<"type">>, known: Known): Outcome {
  const { rule, table } = expectation;
  const { dialect, types } = columnsIn(known, table);
  const observed = types.get(rule.column) ?? "";
  const accepted = dialect.accepts(rule.type, observed);
  return { expectation, verdict: accepted ? "passed" : "failed", observed };
}

const byFreshness: Evaluator<RuleOf<"fresh">> = {
  needs: ({ rule: { column } }, found) =>
    column === undefined ? [] : [sql.latestSql(column, found)],
  evaluate: async (expectation, { now, asked, written, figures }) => {
    const { table, rule: { column } } = expectation;
    if (column === undefined && !asked.knowsWritten) {
      const reason = "a database does not record when its tables were written";
      return outcome.skipped(expectation, reason);
    }
    const [text = null] = column === undefined ? [] : figures(expectation);
    const newest = text === null ? undefined : outcome.momentOf(text);
    const latest = column === undefined ? await written(table) : newest;
    return outcome.evaluateFreshness(expectation, { latest, now });
  },
};

async function byDrift(expectation: Expectation<RuleOf<"no_drift">>, known: Known) {
  const { table, rule: { column } } = expectation;
  const query = sql.distributionSql({ table, column }, columnsIn(known, table));
  const rows = await known.asked.ask(query);
  const now = Object.fromEntries(rows.map(({ value, times }) => [value ?? "", Number(times)]));
  known.profile[`${table}.${column}`] = now;
  return outcome.evaluateDrift(expectation, now, known.baseline);
}

async function bySql(expectation: Expectation<RuleOf<"violations">>, { asked, rows }: Known) {
  const query = splitStatements(expectation.rule.sql).statements[0]?.sql ?? "";
  // The query stays on this line, so that DuckDB's line numbers match those of the file.
  const answer = await askOne(asked, `select count(*) as failed from (${query}\n) as broken`);
  const failed = Number(answer["failed"]);
  const total = Math.max(failed, rows[expectation.table] ?? 0);
  return outcome.evaluateCounts(expectation, { total, failed, query: () => query });
}

const byRows: Evaluator<RuleOf<"row_count_between" | "row_count_compared">> = {
  evaluate: (expectation, { rows }) => {
    const { rule, table } = expectation;
    const other = rule.kind === "row_count_compared" ? rows[rule.other] : undefined;
    return outcome.evaluateRows(expectation, rows[table] ?? 0, other);
  },
};

const EVALUATORS: { readonly [K in Kind]?: Evaluator<RuleOf<K>> } = {
  not_null: byRow,
  in_set: byRow,
  matches: byRow,
  between: byRow,
  length: byRow,
  unique: { evaluate: byKey },
  compound_unique: { evaluate: byKey },
  foreign_key: { evaluate: byKey },
  mean_between: byFigure,
  quantile_between: byFigure,
  proportion_unique_between: byFigure,
  type: { evaluate: byType },
  row_count_between: byRows,
  row_count_compared: byRows,
  fresh: byFreshness,
  no_drift: { evaluate: byDrift },
  violations: { evaluate: bySql },
};

export function hasEvaluator({ rule }: Expectation): boolean {
  return Object.hasOwn(EVALUATORS, rule.kind);
}

export function evaluatorOf({ rule }: Expectation): Evaluator<Rule> {
  return EVALUATORS[rule.kind] as Evaluator<Rule>;
}
