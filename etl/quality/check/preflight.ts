// Finds expectations that cannot be checked, before any SQL runs: invalid, or of a missing column.
import { type Columns, type TableName, TABLES } from "../../../schema/mod.ts";
import { splitStatements } from "../../query/mod.ts";
import type { Dialect } from "../../load/database/mod.ts";
import { DUCKDB, patternIn } from "./dialect.ts";
import { columnsOfRule, type Expectation } from "./expectation.ts";
import { broken, type Outcome } from "./outcome.ts";
import { privacyOf } from "./privacy.ts";
import type { FoundTables } from "./sql.ts";

/** Explains why an expectation is invalid for any data. */
export function mistake(
  { table, rule, mostly }: Expectation,
  dialects: readonly Dialect[] = [DUCKDB],
): string | undefined {
  if (!(mostly >= 0 && mostly <= 1)) return `mostly should be from 0 to 1, not ${mostly}`;
  if (rule.kind === "matches") {
    try {
      for (const dialect of dialects) patternIn(rule.pattern, dialect);
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
  const wanted = [
    ...columnsOfRule(rule).map((column) => ({ table: table as TableName, column })),
    ...(where === undefined ? [] : [{ table: table as TableName, column: where.column }]),
    ...(rule.kind === "foreign_key" ? [{ table: rule.references, column: rule.column }] : []),
  ];
  const lost = wanted.find(({ table, column }) => !found.get(table)?.types.has(column));
  if (lost === undefined) return undefined;
  const reason = `${lost.table} has no column ${lost.column}`;
  const columns: Columns = TABLES[lost.table].columns;
  return Object.hasOwn(columns, lost.column)
    ? { expectation, verdict: "failed", reason }
    : broken(expectation, reason);
}

/** Returns an outcome without SQL; `undefined` if SQL can check the expectation. */
export function preflight(expectation: Expectation, found: FoundTables): Outcome | undefined {
  const { kind } = expectation.rule;
  if (kind === "intact" || kind === "valid" || kind === "holds") {
    return broken(expectation, `${kind} is for the stage pages, not for tables`);
  }
  const own = found.get(expectation.table)?.dialect;
  const wrong = mistake(expectation, own && [own]);
  return wrong === undefined ? missing(expectation, found) : broken(expectation, wrong);
}
