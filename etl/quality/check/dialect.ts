// DuckDB's dialect.
import { type ColumnType, DECIMAL, TABLES } from "../../../schema/mod.ts";
import { identifier, literal } from "../../query/mod.ts";
import type { Dialect } from "../../load/database/mod.ts";
import { translate } from "../../common/regex.ts";

const NUMBER =
  /^(?:u?(?:tiny|small|medium|big|huge)?int(?:eger)?|decimal|numeric|float|double|real)\b/i;
const MOMENT = /^(?:timestamp|datetime|date)\b/i;
const SCHEMA_NAMES = new Set(Object.values(TABLES).flatMap(({ columns }) => Object.keys(columns)));

/** Returns a column name. Names of the schema need no quotes in any engine. */
export function columnName(name: string, dialect: Dialect): string {
  return SCHEMA_NAMES.has(name) ? name : dialect.identifier(name);
}

const plainMoment = (iso: string) => literal(iso.replace("T", " ").replace(/Z$/, ""));
const TYPES: Readonly<Record<ColumnType, RegExp>> = {
  text: /^VARCHAR$/,
  uuid: /^UUID$/,
  integer: /^INTEGER$/,
  decimal: new RegExp(`^DECIMAL\\(${DECIMAL.precision},${DECIMAL.scale}\\)$`),
  timestamp: /^TIMESTAMP(_MS|_NS)?$/,
};

/** The dialect of both DuckDB engines. */
export const DUCKDB: Dialect = {
  patterns: "re2",
  literal,
  identifier,
  exact: (text) => text,
  text: ({ sql, type }) => type === "VARCHAR" ? sql : `${sql}::varchar`,
  number: (column) =>
    NUMBER.test(column.type)
      ? `${column.sql}::double`
      : `try_cast(${DUCKDB.text(column)} as double)`,
  moment: (column) =>
    MOMENT.test(column.type)
      ? `${column.sql}::timestamp`
      : `try_cast(${DUCKDB.text(column)} as timestamp)`,
  momentLiteral: (iso) => `timestamp ${plainMoment(iso)}`,
  matches: (text, pattern) => `regexp_matches(${text}, ${literal(pattern)})`,
  length: (text) => `length(${text})`,
  quantile: (value, { share }) => `quantile_disc(${value}, ${share})`,
  accepts: (type, found) => TYPES[type].test(found),
};

/** Translates a pattern. Throws a `TypeError` if the dialect would match it differently. */
export function patternIn(pattern: RegExp, { patterns }: Dialect): string {
  return translate(pattern, patterns);
}
