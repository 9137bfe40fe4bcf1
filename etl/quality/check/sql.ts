// Compiles expectations to SQL with the same result on all engines. Row rules and figures are
// columns of one SELECT, so each table is scanned once. A value of an unexpected type breaks a rule
// but never stops the statement.
import type { TableName } from "../../../schema/mod.ts";
import type { Dialect, FoundColumn } from "../../load/database/mod.ts";
import { columnName, patternIn } from "./dialect.ts";
import type { Bounds, Expectation, FigureRule, KeyRule, Limit, RowRule } from "./expectation.ts";

export interface FoundColumns {
  readonly dialect: Dialect;
  /** The engine's type names, by column. */
  readonly types: ReadonlyMap<string, string>;
}

export type FoundTables = ReadonlyMap<string, FoundColumns>;

export function columnSql(name: string, { dialect }: Pick<FoundColumns, "dialect">): string {
  return columnName(name, dialect);
}

function columnOf(name: string, { dialect, types }: FoundColumns): FoundColumn {
  return { sql: columnName(name, dialect), type: types.get(name) ?? "" };
}

function asText(column: string, found: FoundColumns): string {
  return found.dialect.text(columnOf(column, found));
}

function asNumber(column: string, found: FoundColumns): string {
  return found.dialect.number(columnOf(column, found));
}

function asMoment(column: string, found: FoundColumns): string {
  return found.dialect.moment(columnOf(column, found));
}

function isMoment({ min, max }: Bounds<Limit>): boolean {
  return typeof (min ?? max) === "string";
}

function within(value: string, { min, max }: Bounds<Limit>, { dialect }: FoundColumns): string {
  const limit = (bound: Limit) =>
    typeof bound === "string" ? dialect.momentLiteral(bound) : String(bound);
  const parts = [
    ...(min === undefined ? [] : [`${value} >= ${limit(min)}`]),
    ...(max === undefined ? [] : [`${value} <= ${limit(max)}`]),
  ];
  return parts.join(" and ");
}

/** Returns the condition for rows that pass a rule; the column is not NULL there. */
function keeps(rule: Exclude<RowRule, { kind: "not_null" }>, found: FoundColumns): string {
  const text = asText(rule.column, found);
  const { dialect } = found;
  switch (rule.kind) {
    case "in_set":
      return `${text} in (${rule.values.map(dialect.literal).join(", ")})`;
    case "matches":
      return dialect.matches(text, patternIn(rule.pattern, dialect));
    case "between": {
      const value = (isMoment(rule) ? asMoment : asNumber)(rule.column, found);
      return `coalesce(${within(value, rule, found)}, false)`;
    }
    case "length":
      return within(dialect.length(text), rule, found);
  }
}

/** Returns a condition that is true for rows that break a rule, and is never NULL. */
export function breaks(rule: RowRule, found: FoundColumns): string {
  const column = columnSql(rule.column, found);
  if (rule.kind === "not_null") return `${column} is null`;
  return `${column} is not null and not (${keeps(rule, found)})`;
}

/** Returns the condition for rows in scope. */
export function whereSql({ where }: Expectation, found: FoundColumns): string {
  if (where === undefined) return "true";
  return `${asText(where.column, found)} in (${where.in.map(found.dialect.literal).join(", ")})`;
}

function countSql(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}

/** Returns SQL for the number of rows in scope that hold a value. */
export function totalSql(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const { column, kind } = expectation.rule;
  const held = kind === "not_null" ? "true" : `${columnSql(column, found)} is not null`;
  return countSql(`${whereSql(expectation, found)} and ${held}`);
}

export function failedSql(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const broken = breaks(expectation.rule, found);
  return countSql(`${whereSql(expectation, found)} and ${broken}`);
}

/** Selects the rows that break a row rule. */
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
      return `avg(${asNumber(rule.column, found)})`;
    case "quantile_between": {
      const value = (isMoment(rule) ? asMoment : asNumber)(rule.column, found);
      return found.dialect.quantile(value, { table, share: rule.quantile });
    }
    case "proportion_unique_between":
      return `count(distinct ${column}) * 1e0 / nullif(count(${column}), 0)`;
  }
}

function held(columns: readonly string[]): string {
  return columns.map((column) => `${column} is not null`).join(" and ");
}

/** Selects the rows that break a key rule. */
export function brokenKeys(
  { table, rule }: { table: string; rule: KeyRule },
  found: FoundTables,
): string {
  const here = found.get(table)!;
  const columns = (rule.kind === "compound_unique" ? rule.columns : [rule.column])
    .map((name) => columnSql(name, here));
  const names = columns.join(", ");
  if (rule.kind !== "foreign_key") {
    const repeated = `select ${names} from ${table} where ${
      held(columns)
    } group by ${names} having count(*) > 1`;
    return `select ${table}.* from ${table} join (${repeated}) as repeated using (${names})`;
  }
  const there = found.get(rule.references)!;
  const cast = here.types.get(rule.column) !== there.types.get(rule.column);
  const [theirs, ours] = [[rule.references, there] as const, [table, here] as const].map(
    ([name, { dialect, types }]) => {
      const sql = `${name}.${names}`;
      return cast ? dialect.text({ sql, type: types.get(rule.column) ?? "" }) : sql;
    },
  );
  return `select * from ${table} where ${names} is not null and not exists (select 1 from ${rule.references} where ${theirs} = ${ours})`;
}

/** Counts `failed` and `total` rows of a key rule. */
export function keyCounts(
  expectation: { readonly table: TableName; readonly rule: KeyRule },
  found: FoundTables,
): string {
  const { table, rule } = expectation;
  const here = found.get(table)!;
  if (rule.kind === "foreign_key") {
    return `select (select count(*) from (${
      brokenKeys(expectation, found)
    }) as broken) as failed, ` +
      `(select count(${columnSql(rule.column, here)}) from ${table}) as total`;
  }
  const columns = (rule.kind === "compound_unique" ? rule.columns : [rule.column])
    .map((name) => columnSql(name, here));
  const groups = `select count(*) as rows_of_key from ${table} where ${held(columns)} group by ${
    columns.join(", ")
  }`;
  return `select coalesce(sum(case when rows_of_key > 1 then rows_of_key end), 0) as failed, ` +
    `coalesce(sum(rows_of_key), 0) as total from (${groups}) as counted`;
}

/** Selects each `value` and the number of its occurrences, `times`. */
export function distributionSql(
  { table, column }: { table: string; column: string },
  found: FoundColumns,
): string {
  const text = asText(column, found);
  return `select ${text} as value, count(*) as times from ${table} where ${
    held([columnSql(column, found)])
  } group by 1 order by 1`;
}

export function latestSql(column: string, found: FoundColumns): string {
  return `max(${asMoment(column, found)})`;
}
