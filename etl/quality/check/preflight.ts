// Finds expectations that cannot be checked, before any SQL runs.
import { type TableName, TABLES } from "../../../schema/mod.ts";
import { splitStatements } from "../../query/mod.ts";
import type { Dialect } from "../../load/database/mod.ts";
import { translate } from "../../common/regex.ts";
import { DUCKDB } from "./ask.ts";
import { hasEvaluator } from "./evaluators.ts";
import { columnsOfRule, type Expectation } from "./expectation.ts";
import { broken, type Outcome, privacyOf } from "./outcome.ts";
import type { FoundTables } from "./sql.ts";

export function mistake(
  { table, rule, mostly }: Expectation,
  dialect: Dialect = DUCKDB,
): string | undefined {
  if (!(mostly >= 0 && mostly <= 1)) return `mostly should be from 0 to 1, not ${mostly}`;
  if (rule.kind === "matches") {
    try {
      translate(rule.pattern, dialect.patterns);
    } catch (error) {
      return (error as Error).message;
    }
  }
  if (rule.kind === "no_drift" && privacyOf(table, rule.column) !== "public") {
    return `${rule.column} is not public, and no_drift keeps counts of its values`;
  }
  if (rule.kind === "in_set" && rule.values.length === 0) return "values should not be empty";
  if (rule.kind === "violations") {
    const { length } = splitStatements(rule.sql).statements;
    if (length !== 1) return `expected one statement, found ${length}`;
  }
  return undefined;
}

/** Handles missing columns: the data fails if the schema has the column, else the expectation. */
function missing(expectation: Expectation, found: FoundTables): Outcome | undefined {
  const { rule, table, where } = expectation;
  const own = [...columnsOfRule(rule), ...(where === undefined ? [] : [where.column])];
  const needed = [
    ...own.map((column) => [table as TableName, column] as const),
    ...(rule.kind === "foreign_key" ? [[rule.references, rule.column] as const] : []),
  ];
  const lost = needed.find(([table, column]) => !found.get(table)?.types.has(column));
  if (lost === undefined) return undefined;
  const [from, column] = lost;
  const reason = `${from} has no column ${column}`;
  return Object.hasOwn(TABLES[from].columns, column)
    ? { expectation, verdict: "failed", reason }
    : broken(expectation, reason);
}

/** Returns an outcome without SQL; `undefined` if SQL can check the expectation. */
export function preflight(expectation: Expectation, found: FoundTables): Outcome | undefined {
  const { kind } = expectation.rule;
  if (kind === "intact" || kind === "valid" || kind === "holds") {
    return broken(expectation, `${kind} is for the stage pages, not for tables`);
  }
  // A module is not type-checked when it is imported.
  if (!hasEvaluator(expectation)) return broken(expectation, `there is no rule ${kind}`);
  const wrong = mistake(expectation, found.get(expectation.table)?.dialect);
  return wrong === undefined ? missing(expectation, found) : broken(expectation, wrong);
}
