// Validates tables against one kind of expectation at a time.
import type { TableName } from "../../../schema/mod.ts";
import { splitStatements } from "../../query/mod.ts";
import { type Asked, askOne } from "./ask.ts";
import type { Distribution } from "./chi_square.ts";
import type {
  Expectation,
  FigureRule,
  KeyRule,
  Kind,
  RowRule,
  Rule,
  TableRule,
} from "./expectation.ts";
import * as outcome from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { privacyOf } from "./privacy.ts";
import type { Figures } from "./scan.ts";
import * as sql from "./sql.ts";
import type { Surroundings } from "./surroundings.ts";

export interface Known extends Surroundings {
  readonly asked: Asked;
  readonly found: sql.FoundTables;
  readonly rows: Readonly<Record<string, number>>;
  readonly figures: Figures;
  /** Distributions by column, collected during the check. */
  readonly profile: Record<string, Distribution>;
}

export type Evaluator<R extends Rule> = (
  expectation: Expectation<R>,
  known: Known,
) => Outcome | Promise<Outcome>;

function columnsIn({ found, asked }: Known, table: string): sql.FoundColumns {
  return found.get(table) ?? { dialect: asked.dialect, types: new Map() };
}

const byRow: Evaluator<RowRule> = (expectation, known) => {
  const found = columnsIn(known, expectation.table);
  const figure = known.figures.of(expectation);
  const total = Number(figure(sql.totalSql(expectation, found)));
  const failed = Number(figure(sql.failedSql(expectation, found)));
  const query = failed > 0 ? { query: sql.brokenRows(expectation, found) } : {};
  return { ...outcome.evaluateCounts(expectation, { total, failed }), ...query };
};

const byKey: Evaluator<KeyRule> = async (expectation, { asked, found }) => {
  const table = expectation.table as TableName;
  const key = { table, rule: expectation.rule };
  const counts = await askOne(asked, sql.keyCounts(key, found));
  const [total, failed] = [Number(counts["total"]), Number(counts["failed"])];
  const query = failed > 0 ? { query: sql.brokenKeys(key, found) } : {};
  return { ...outcome.evaluateCounts(expectation, { total, failed }), ...query };
};

const byFigure: Evaluator<FigureRule> = (expectation, known) => {
  const { table, rule } = expectation;
  const text = known.figures.of(expectation)(
    sql.figureSql({ table, rule }, columnsIn(known, table)),
  );
  const number = Number(text);
  const value = text === null ? undefined : Number.isNaN(number) ? outcome.momentOf(text) : number;
  return outcome.evaluateFigure(expectation, { value, privacy: privacyOf(table, rule.column) });
};

const byType: Evaluator<Extract<TableRule, { kind: "type" }>> = (expectation, known) => {
  const { rule, table } = expectation;
  const { dialect, types } = columnsIn(known, table);
  const observed = types.get(rule.column) ?? "";
  const accepted = dialect.accepts(rule.type, observed);
  return { expectation, verdict: accepted ? "passed" : "failed", observed };
};

const byFreshness: Evaluator<Extract<TableRule, { kind: "fresh" }>> = async (
  expectation,
  known,
) => {
  const { table, rule: { column } } = expectation;
  if (column === undefined && !known.asked.knowsWritten) {
    const reason = "a database does not say when its tables were written";
    return { expectation, verdict: "skipped", reason };
  }
  if (column === undefined) {
    const latest = await known.written(table);
    return outcome.evaluateFreshness(expectation, { latest, now: known.now });
  }
  const text = known.figures.of(expectation)(sql.latestSql(column, columnsIn(known, table)));
  const latest = text === null ? undefined : outcome.momentOf(text);
  return outcome.evaluateFreshness(expectation, { latest, now: known.now });
};

const byDrift: Evaluator<Extract<TableRule, { kind: "no_drift" }>> = async (expectation, known) => {
  const { table, rule: { column } } = expectation;
  const name = `${table}.${column}`;
  const rows = await known.asked.ask(
    sql.distributionSql({ table, column }, columnsIn(known, table)),
  );
  const now = Object.fromEntries(rows.map(({ value, times }) => [value ?? "", Number(times)]));
  known.profile[name] = now;
  const before = known.baseline?.profile[name];
  return outcome.evaluateDrift(expectation, { before, since: known.baseline?.at, now });
};

const bySql: Evaluator<Extract<Rule, { kind: "violations" }>> = async (expectation, known) => {
  const query = splitStatements(expectation.rule.sql).statements[0]?.sql ?? "";
  // The query stays on this line, so that DuckDB's line numbers match those of the file.
  const counted = await askOne(
    known.asked,
    `select count(*) as failed from (${query}\n) as broken`,
  );
  const failed = Number(counted["failed"]);
  const total = Math.max(failed, known.rows[expectation.table] ?? 0);
  const evaluated = outcome.evaluateCounts(expectation, { total, failed });
  return failed > 0 ? { ...evaluated, query } : evaluated;
};

const byRows: Evaluator<Extract<TableRule, { kind: "row_count_between" | "row_count_compared" }>> =
  (
    expectation,
    { rows },
  ) => {
    const { rule, table } = expectation;
    const other = rule.kind === "row_count_compared" ? rows[rule.other] : undefined;
    return outcome.evaluateRows(expectation, rows[table] ?? 0, other);
  };

export const EVALUATORS: { readonly [K in Kind]?: Evaluator<Extract<Rule, { kind: K }>> } = {
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
