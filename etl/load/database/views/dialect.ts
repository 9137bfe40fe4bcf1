// The SQL of expectations that differs between PostgreSQL, MySQL and MariaDB.
import { type ColumnType, DECIMAL } from "../../../../schema/mod.ts";
import type { PatternDialect } from "../../../common/regex.ts";
import { type Flavour, sql, textOf } from "../ddl/builder.ts";
import { EXACT } from "../ddl/model.ts";

interface FoundColumn {
  /** The column in SQL, quoted if necessary. */
  readonly sql: string;
  readonly type: string;
}

export interface Dialect {
  readonly patterns: PatternDialect;
  readonly literal: (text: string) => string;
  readonly identifier: (name: string) => string;
  /** Makes comparisons exact to the last character and space. */
  readonly exact: (text: string) => string;
  readonly text: (column: FoundColumn) => string;
  /** Converts a column to a number; NULL if it is not one. */
  readonly number: (column: FoundColumn) => string;
  /** Converts a column to a moment in UTC; NULL if it is not one. */
  readonly moment: (column: FoundColumn) => string;
  readonly momentLiteral: (iso: string) => string;
  readonly matches: (text: string, pattern: string) => string;
  readonly length: (text: string) => string;
  /** Returns the smallest value that is at or above this share of a table's values. */
  readonly quantile: (
    value: string,
    of: { readonly table: string; readonly share: number },
  ) => string;
  /** Returns whether a type can store a column type without loss. */
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

/** Tests that the day of an ISO text exists in its month: PostgreSQL 15 has no safe cast. */
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

/** Doubles backslashes, which are escapes in MySQL texts. */
const escaped = (text: string) => literal(text.replaceAll("\\", "\\\\"));

/** Matches text types of MySQL, which get an exact collation in the views. */
export const TEXT = /^(?:var)?char|text/i;

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
    number: (column) => {
      const number = `cast(${column.sql} as double)`;
      if (NUMBER.test(column.type)) return number;
      return `case when ${matches(dialect.text(column), NUMBER_TEXT)} then ${number} end`;
    },
    moment: (column) => {
      if (MOMENT.test(column.type)) return `cast(${column.sql} as datetime(6))`;
      const moment = `cast(replace(${column.sql}, 'Z', '') as datetime(6))`;
      return `case when ${matches(dialect.text(column), MOMENT_TEXT)} then ${moment} end`;
    },
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

/** The dialects; PostgreSQL's requires a session in UTC. */
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
