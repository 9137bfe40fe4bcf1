// Compiles expectations to SQL that gives the same result on all engines and scans a table once.
// A value of an unexpected type breaks a rule but never stops the statement.
import { TABLES } from "../../../schema/mod.ts";
import { translate } from "../../common/regex.ts";
import type { Dialect } from "../../load/database/mod.ts";
import {
  type Bounds,
  type Expectation,
  type FigureRule,
  isMoment,
  type KeyRule,
  type Limit,
  type RowRule,
} from "./expectation.ts";

export interface FoundColumns {
  readonly dialect: Dialect;
  readonly types: ReadonlyMap<string, string>;
}

export type FoundTables = ReadonlyMap<string, FoundColumns>;

const SCHEMA_NAMES = new Set(Object.values(TABLES).flatMap(({ columns }) => Object.keys(columns)));

/** Returns a column name. Names of the schema need no quotes in any engine. */
export function columnSql(name: string, { dialect }: Pick<FoundColumns, "dialect">): string {
  return SCHEMA_NAMES.has(name) ? name : dialect.identifier(name);
}

function as(kind: "text" | "number" | "moment", column: string, found: FoundColumns): string {
  const { dialect, types } = found;
  return dialect[kind]({ sql: columnSql(column, found), type: types.get(column) ?? "" });
}

function asAmount(rule: { readonly column: string } & Bounds<Limit>, found: FoundColumns): string {
  return as(isMoment(rule) ? "moment" : "number", rule.column, found);
}

function within(value: string, { min, max }: Bounds<Limit>, { dialect }: FoundColumns): string {
  const limit = (bound: Limit) =>
    typeof bound === "string" ? dialect.momentLiteral(bound) : String(bound);
  const least = min === undefined ? [] : [`${value} >= ${limit(min)}`];
  const most = max === undefined ? [] : [`${value} <= ${limit(max)}`];
  return [...least, ...most].join(" and ");
}

/** Returns the condition for rows that pass a rule; the column is not NULL there. */
function keeps(rule: Exclude<RowRule, { kind: "not_null" }>, found: FoundColumns): string {
  const text = as("text", rule.column, found);
  const { dialect } = found;
  switch (rule.kind) {
    case "in_set":
      return `${text} in (${rule.values.map(dialect.literal).join(", ")})`;
    case "matches":
      return dialect.matches(text, translate(rule.pattern, dialect.patterns));
    case "between":
      return `coalesce(${within(asAmount(rule, found), rule, found)}, false)`;
    case "length":
      return within(dialect.length(text), rule, found);
  }
}

/** Returns a condition that is true for rows that break a rule, and is never NULL. */
function breaks(rule: RowRule, found: FoundColumns): string {
  const column = columnSql(rule.column, found);
  if (rule.kind === "not_null") return `${column} is null`;
  return `${column} is not null and not (${keeps(rule, found)})`;
}

function whereSql({ where }: Expectation, found: FoundColumns): string {
  if (where === undefined) return "true";
  return `${as("text", where.column, found)} in (${
    where.in.map(found.dialect.literal).join(", ")
  })`;
}

function countSql(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}

export function totalSql(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const { column, kind } = expectation.rule;
  const held = kind === "not_null" ? "true" : `${columnSql(column, found)} is not null`;
  return countSql(`${whereSql(expectation, found)} and ${held}`);
}

export function failedSql(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const broken = breaks(expectation.rule, found);
  return countSql(`${whereSql(expectation, found)} and ${broken}`);
}

export function brokenRows(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const conditions = [
    ...(expectation.where === undefined ? [] : [whereSql(expectation, found)]),
    breaks(expectation.rule, found),
  ];
  return `select * from ${expectation.table} where ${conditions.join(" and ")}`;
}

/** Returns SQL for the figure as text; NULL if there is no value. */
export function figureSql(
  { table, rule }: Pick<Expectation<FigureRule>, "table" | "rule">,
  found: FoundColumns,
): string {
  const column = columnSql(rule.column, found);
  switch (rule.kind) {
    case "mean_between":
      return `avg(${as("number", rule.column, found)})`;
    case "quantile_between":
      return found.dialect.quantile(asAmount(rule, found), { table, share: rule.quantile });
    case "proportion_unique_between":
      return `count(distinct ${column}) * 1e0 / nullif(count(${column}), 0)`;
  }
}

function held(columns: readonly string[]): string {
  return columns.map((column) => `${column} is not null`).join(" and ");
}

interface TableKey {
  readonly table: string;
  readonly rule: KeyRule;
}

function keyColumns({ rule }: TableKey, found: FoundColumns): string[] {
  const columns = rule.kind === "compound_unique" ? rule.columns : [rule.column];
  return columns.map((name) => columnSql(name, found));
}

export function brokenKeys(key: TableKey, found: FoundTables): string {
  const { table, rule } = key;
  const here = found.get(table)!;
  const columns = keyColumns(key, here);
  const names = columns.join(", ");
  if (rule.kind !== "foreign_key") {
    const repeated = `select ${names} from ${table} where ${
      held(columns)
    } group by ${names} having count(*) > 1`;
    return `select ${table}.* from ${table} join (${repeated}) as repeated using (${names})`;
  }
  const there = found.get(rule.references)!;
  const cast = here.types.get(rule.column) !== there.types.get(rule.column);
  const side = (name: string, { dialect, types }: FoundColumns) => {
    const sql = `${name}.${names}`;
    return cast ? dialect.text({ sql, type: types.get(rule.column) ?? "" }) : sql;
  };
  return `select * from ${table} where ${names} is not null and not exists (select 1 from ${rule.references} where ${
    side(rule.references, there)
  } = ${side(table, here)})`;
}

/** Counts `failed` and `total` rows of a key rule. */
export function keyCounts(key: TableKey, found: FoundTables): string {
  const { table, rule } = key;
  const columns = keyColumns(key, found.get(table)!);
  const names = columns.join(", ");
  if (rule.kind === "foreign_key") {
    return `select (select count(*) from (${brokenKeys(key, found)}) as broken) as failed, ` +
      `(select count(${names}) from ${table}) as total`;
  }
  const groups = `select count(*) as rows_of_key from ${table} where ${
    held(columns)
  } group by ${names}`;
  return `select coalesce(sum(case when rows_of_key > 1 then rows_of_key end), 0) as failed, ` +
    `coalesce(sum(rows_of_key), 0) as total from (${groups}) as counted`;
}

/** Selects each `value` and the number of its occurrences, `times`. */
export function distributionSql(
  { table, column }: { table: string; column: string },
  found: FoundColumns,
): string {
  return `select ${as("text", column, found)} as value, count(*) as times from ${table} where ${
    held([columnSql(column, found)])
  } group by 1 order by 1`;
}

export function latestSql(column: string, found: FoundColumns): string {
  return `max(${as("moment", column, found)})`;
}
