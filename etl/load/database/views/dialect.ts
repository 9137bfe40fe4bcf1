// How PostgreSQL, MySQL and MariaDB differ in the SQL of expectations. What DuckDB and all of them
// read alike is not here.
import { type ColumnType, DECIMAL } from "../../../../schema/mod.ts";
import type { PatternDialect } from "../../../common/regex.ts";
import { type Flavour, sql, textOf } from "../ddl/builder.ts";
import { EXACT } from "../ddl/types.ts";

export interface FoundColumn {
  /** Quoted where needed. */
  readonly sql: string;
  /** As the engine names it. */
  readonly type: string;
}

export interface Dialect {
  readonly patterns: PatternDialect;
  readonly literal: (text: string) => string;
  readonly identifier: (name: string) => string;
  /** Makes comparisons exact to the last character and space. */
  readonly exact: (text: string) => string;
  readonly text: (column: FoundColumn) => string;
  /** NULL where it is no number. */
  readonly number: (column: FoundColumn) => string;
  /** In UTC; NULL where it is no moment. */
  readonly moment: (column: FoundColumn) => string;
  readonly momentLiteral: (iso: string) => string;
  readonly matches: (text: string, pattern: string) => string;
  readonly length: (text: string) => string;
  /** The smallest value of a table that this share does not exceed. */
  readonly quantile: (
    value: string,
    of: { readonly table: string; readonly share: number },
  ) => string;
  /** Whether a type holds the values of a column type without loss. */
  readonly accepts: (type: ColumnType, found: string) => boolean;
}

const NUMBER = /^(?:(?:tiny|small|medium|big)?int(?:eger)?|decimal|numeric|float|double|real)\b/i;
const MOMENT = /^(?:timestamp|datetime|date)\b/i;

const literal = (text: string) => textOf(sql.lit(text), "postgres");
const plainMoment = (iso: string) => literal(iso.replace("T", " ").replace(/Z$/, ""));
const decimal = `\\(${DECIMAL.precision},${DECIMAL.scale}\\)`;

const accepting =
  (types: Readonly<Record<ColumnType, RegExp>>): Dialect["accepts"] => (type, found) =>
    types[type].test(found);

const NUMBER_TEXT = "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$";
const MOMENT_TEXT = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" +
  "([ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?Z?)?$";

/** Whether the day of an ISO text exists in its month: PostgreSQL 15 has no safe cast. */
const dayIsThere = (text: string) =>
  `extract(day from (substr(${text}, 1, 8) || '01')::date + substr(${text}, 9, 2)::int - 1)` +
  ` = substr(${text}, 9, 2)::int`;

const POSTGRES: Dialect = {
  patterns: "postgres",
  literal,
  identifier: (name) => textOf(sql.id(name), "postgres"),
  exact: (text) => text,
  text: ({ sql, type }) => type === "text" ? sql : `${sql}::text`,
  number: (column) => {
    const text = POSTGRES.text(column);
    return NUMBER.test(column.type)
      ? `${column.sql}::double precision`
      : `case when ${text} ~ ${literal(NUMBER_TEXT)} then ${text}::double precision end`;
  },
  moment: (column) => {
    const text = POSTGRES.text(column);
    if (MOMENT.test(column.type)) return `${column.sql}::timestamp`;
    const right = `case when ${text} ~ ${literal(MOMENT_TEXT)} then ${dayIsThere(text)} end`;
    return `case when ${right} then rtrim(${text}, 'Z')::timestamp end`;
  },
  momentLiteral: (iso) => `timestamp ${plainMoment(iso)}`,
  matches: (text, pattern) => `${text} ~ ${literal(pattern)}`,
  length: (text) => `length(${text})`,
  quantile: (value, { share }) => `percentile_disc(${share}) within group (order by ${value})`,
  accepts: accepting({
    text: /^text$/,
    uuid: /^uuid$/,
    integer: /^integer$/,
    decimal: new RegExp(`^numeric${decimal}$`),
    timestamp: /^timestamp\((3|4|5|6)\) without time zone$|^timestamp without time zone$/,
  }),
};

/** In MySQL a backslash escapes in texts. */
const escaped = (text: string) => literal(text.replaceAll("\\", "\\\\"));

/** Text types of MySQL; the views give them an exact collation. */
export const TEXT = /^(?:var)?char|text/i;

/** Collations and patterns differ between them. */
function mysql(
  flavour: Exclude<Flavour, "postgres">,
  { patterns, matches }: Pick<Dialect, "patterns" | "matches">,
): Dialect {
  const exact = (value: string) => `convert(${value} using utf8mb4) collate ${EXACT[flavour]}`;
  const dialect: Dialect = {
    patterns,
    exact,
    literal: escaped,
    identifier: (name) => textOf(sql.id(name), "mysql"),
    text: ({ sql, type }) => TEXT.test(type) ? sql : exact(`cast(${sql} as char)`),
    number: (column) =>
      NUMBER.test(column.type)
        ? `cast(${column.sql} as double)`
        : `case when ${
          matches(dialect.text(column), NUMBER_TEXT)
        } then cast(${column.sql} as double) end`,
    moment: (column) =>
      MOMENT.test(column.type)
        ? `cast(${column.sql} as datetime(6))`
        : `case when ${
          matches(dialect.text(column), MOMENT_TEXT)
        } then cast(replace(${column.sql}, 'Z', '') as datetime(6)) end`,
    momentLiteral: (iso) => `cast(${plainMoment(iso)} as datetime(6))`,
    matches,
    length: (text) => `char_length(${text})`,
    quantile: (value, { table, share }) =>
      `(select amount from (select ${value} as amount, row_number() over (order by ${value}) as place,` +
      ` count(*) over () as total from ${table} where ${value} is not null) as ranked` +
      ` where place = greatest(1, total - floor(total - ${share} * total)))`,
    accepts: accepting({
      text: /^(?:varchar|char)\(\d+\)$|^text$/,
      uuid: /^char\(36\)$/,
      integer: /^int(\(\d+\))?$/,
      decimal: new RegExp(`^decimal${decimal}$`),
      timestamp: /^datetime\([3-6]\)$/,
    }),
  };
  return dialect;
}

/** PostgreSQL needs a session in UTC. */
export const DIALECTS: Readonly<Record<Flavour, Dialect>> = {
  postgres: POSTGRES,
  mysql: mysql("mysql", {
    patterns: "icu",
    matches: (text, pattern) => `regexp_like(${text}, ${escaped(pattern)}, 'c')`,
  }),
  mariadb: mysql("mariadb", {
    patterns: "pcre",
    matches: (text, pattern) => `${text} regexp ${escaped(pattern)}`,
  }),
};
