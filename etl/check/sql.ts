/**
 * From expectations to SQL that both DuckDBs judge alike.
 *
 * Row rules and figures become columns of one SELECT, so that a table is scanned once for all of
 * them. A value that has another type than expected breaks a rule and never stops the statement.
 *
 * @module
 */
import { DECIMAL, type TableName, TABLES } from "../../schema/mod.ts";
import { identifier, literal } from "../query/engine.ts";
import type {
  Bounds,
  Expectation,
  FigureRule,
  KeyRule,
  Limit,
  RowRule,
  TableRule,
} from "./expectation.ts";
import { translate } from "../regex.ts";

/** The columns that a table has, whatever the schema says: DuckDB's types by name. */
export type FoundColumns = ReadonlyMap<string, string>;

/** The columns of all tables, as they were found. */
export type FoundTables = ReadonlyMap<string, FoundColumns>;

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL|FLOAT|DOUBLE|REAL)\b/;
const MOMENT = /^(?:TIMESTAMP|DATE)\b/;
const SCHEMA_NAMES = new Set(Object.values(TABLES).flatMap(({ columns }) => Object.keys(columns)));

/** A column's name, quoted where it is not one of the schema's, which need no quotes. */
export function columnSql(name: string): string {
  return SCHEMA_NAMES.has(name) ? name : identifier(name);
}

function asText(column: string, found: FoundColumns): string {
  return found.get(column) === "VARCHAR" ? columnSql(column) : `${columnSql(column)}::varchar`;
}

function asNumber(column: string, found: FoundColumns): string {
  return NUMBER.test(found.get(column) ?? "")
    ? `${columnSql(column)}::double`
    : `try_cast(${asText(column, found)} as double)`;
}

function asMoment(column: string, found: FoundColumns): string {
  return MOMENT.test(found.get(column) ?? "")
    ? `${columnSql(column)}::timestamp`
    : `try_cast(${asText(column, found)} as timestamp)`;
}

/** An ISO moment as DuckDB's plain timestamp, which is in UTC. */
export function momentSql(iso: string): string {
  return `timestamp ${literal(iso.replace("T", " ").replace(/Z$/, ""))}`;
}

function isMoment({ min, max }: Bounds<Limit>): boolean {
  return typeof (min ?? max) === "string";
}

function within(value: string, { min, max }: Bounds<Limit>): string {
  const limit = (bound: Limit) => typeof bound === "string" ? momentSql(bound) : String(bound);
  const parts = [
    ...(min === undefined ? [] : [`${value} >= ${limit(min)}`]),
    ...(max === undefined ? [] : [`${value} <= ${limit(max)}`]),
  ];
  return parts.join(" and ");
}

/** What a row must be like to keep a rule; its column is not NULL there. */
function keeps(rule: Exclude<RowRule, { kind: "not_null" }>, found: FoundColumns): string {
  const text = asText(rule.column, found);
  switch (rule.kind) {
    case "in_set":
      return `${text} in (${rule.values.map(literal).join(", ")})`;
    case "matches":
      return `regexp_matches(${text}, ${literal(translate(rule.pattern, "re2"))})`;
    case "between": {
      const value = (isMoment(rule) ? asMoment : asNumber)(rule.column, found);
      return `coalesce(${within(value, rule)}, false)`;
    }
    case "length":
      return within(`length(${text})`, rule);
  }
}

/** A condition that is true for the rows that break a rule, and never NULL. */
export function breaks(rule: RowRule, found: FoundColumns): string {
  const column = columnSql(rule.column);
  if (rule.kind === "not_null") return `${column} is null`;
  return `${column} is not null and not (${keeps(rule, found)})`;
}

/** The rows an expectation looks at, as a condition. */
export function whereSql({ where }: Expectation, found: FoundColumns): string {
  if (where === undefined) return "true";
  return `${asText(where.column, found)} in (${where.in.map(literal).join(", ")})`;
}

/** How many of the rows it looks at it counts: those that hold a value. */
export function totalSql(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const { column, kind } = expectation.rule;
  const held = kind === "not_null" ? "true" : `${columnSql(column)} is not null`;
  return `count(*) filter (where ${whereSql(expectation, found)} and ${held})`;
}

/** How many rows break a row rule. */
export function failedSql(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const broken = breaks(expectation.rule, found);
  return `count(*) filter (where ${whereSql(expectation, found)} and ${broken})`;
}

/** The rows that break a row rule, whole. */
export function brokenRows(expectation: Expectation<RowRule>, found: FoundColumns): string {
  const conditions = [
    ...(expectation.where === undefined ? [] : [whereSql(expectation, found)]),
    breaks(expectation.rule, found),
  ];
  return `select * from ${expectation.table} where ${conditions.join(" and ")}`;
}

/** The figure of a rule as text, NULL where there is no value. */
export function figureSql(rule: FigureRule, found: FoundColumns): string {
  const column = columnSql(rule.column);
  switch (rule.kind) {
    case "mean_between":
      return `avg(${asNumber(rule.column, found)})`;
    case "quantile_between": {
      const value = (isMoment(rule) ? asMoment : asNumber)(rule.column, found);
      return `quantile_disc(${value}, ${rule.quantile})`;
    }
    case "proportion_unique_between":
      return `count(distinct ${column}) / nullif(count(${column}), 0)::double`;
  }
}

function held(columns: readonly string[]): string {
  return columns.map((column) => `${columnSql(column)} is not null`).join(" and ");
}

/** The rows that break a key rule, whole. */
export function brokenKeys(
  { table, rule }: { readonly table: string; readonly rule: KeyRule },
  found: FoundTables,
): string {
  const columns = rule.kind === "compound_unique" ? rule.columns : [rule.column];
  const names = columns.map(columnSql).join(", ");
  if (rule.kind !== "foreign_key") {
    const repeated = `select ${names} from ${table} where ${
      held(columns)
    } group by ${names} having count(*) > 1`;
    return `select * from ${table} semi join (${repeated}) using (${names})`;
  }
  const types = [table, rule.references].map((name) => found.get(name)?.get(rule.column));
  const cast = types[0] === types[1] ? "" : "::varchar";
  const same = `${rule.references}.${names}${cast} = ${table}.${names}${cast}`;
  return `select * from ${table} where ${names} is not null and not exists (select 1 from ${rule.references} where ${same})`;
}

/** How many rows break a key rule, and how many hold a value: `failed`, `total`. */
export function keyCounts(
  expectation: { readonly table: TableName; readonly rule: KeyRule },
  found: FoundTables,
): string {
  const { table, rule } = expectation;
  const columns = rule.kind === "compound_unique" ? rule.columns : [rule.column];
  if (rule.kind === "foreign_key") {
    return `select (select count(*) from (${brokenKeys(expectation, found)})) as failed, ` +
      `(select count(${columnSql(rule.column)}) from ${table}) as total`;
  }
  const names = columns.map(columnSql).join(", ");
  const groups = `select count(*) as rows_of_key from ${table} where ${
    held(columns)
  } group by ${names}`;
  return `select coalesce(sum(rows_of_key) filter (where rows_of_key > 1), 0) as failed, ` +
    `coalesce(sum(rows_of_key), 0) as total from (${groups})`;
}

/** How often each value of a column occurs: `value`, `rows`. */
export function distributionSql(
  { table, column }: { readonly table: string; readonly column: string },
  found: FoundColumns,
): string {
  const text = asText(column, found);
  return `select ${text} as value, count(*) as rows from ${table} where ${
    held([column])
  } group by 1 order by 1`;
}

/** The latest moment of a column. */
export function latestSql(column: string, found: FoundColumns): string {
  return `max(${asMoment(column, found)})`;
}

/** DuckDB's types that hold the values of a column type without loss. */
export const ACCEPTED_TYPES: Readonly<
  Record<Extract<TableRule, { kind: "type" }>["type"], readonly string[]>
> = {
  text: ["VARCHAR"],
  uuid: ["UUID"],
  integer: ["INTEGER"],
  decimal: [`DECIMAL(${DECIMAL.precision},${DECIMAL.scale})`],
  timestamp: ["TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS"],
};
