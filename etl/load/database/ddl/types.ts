// Types and checks of columns, by database. Texts are compared byte for byte with trailing spaces:
// keys must distinguish what Parquet does.
import { DECIMAL, type NamedColumn } from "../../../../schema/mod.ts";
import { type Flavour, type RawBuilder, sql } from "./builder.ts";
import type { ValueColumn } from "./model.ts";

/** Collations in which different texts are never equal, even by trailing spaces. */
export const EXACT: Readonly<Record<Exclude<Flavour, "postgres">, string>> = {
  mysql: "utf8mb4_0900_bin",
  mariadb: "utf8mb4_nopad_bin",
};

/** Characters of text in a key: MySQL indexes at most 3072 bytes. */
const KEYED_LENGTH = 255;

export function tableOptions(flavour: Exclude<Flavour, "postgres">): string {
  return `engine = InnoDB default character set utf8mb4 collate ${EXACT[flavour]}`;
}

/** The fixed length that a pattern such as `^[0-9a-f]{64}$` says. */
function lengthOf({ rules }: ValueColumn): number | undefined {
  const [pattern] = rules.patterns;
  const length = /^\^\[[^\]]+\]\{(\d+)\}\$$/.exec(pattern?.source ?? "")?.[1];
  return length === undefined ? undefined : Number(length);
}

function mysqlText(column: ValueColumn): string {
  const length = lengthOf(column);
  if (length !== undefined) return ascii(length);
  const { oneOf } = column.rules;
  if (oneOf !== undefined) return `varchar(${Math.max(...oneOf.map(({ length }) => length))})`;
  return column.keyed ? `varchar(${KEYED_LENGTH})` : "text";
}

function ascii(length: number): string {
  return `char(${length}) character set ascii collate ascii_bin`;
}

export function typeOf(column: ValueColumn, flavour: Flavour): string {
  const postgres = flavour === "postgres";
  switch (column.type) {
    case "text":
      return postgres ? "text" : mysqlText(column);
    case "uuid":
      // Text in MySQL, which has no such type and whose clients print 16 bytes raw.
      return postgres ? "uuid" : ascii(36);
    case "integer":
      return "integer";
    case "decimal":
      return `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`;
    case "timestamp":
      // Without a time zone: values are UTC in any session.
      return postgres ? "timestamp(3)" : "datetime(3)";
  }
}

function matches(
  name: string,
  { pattern, flavour }: { pattern: string; flavour: Flavour },
): RawBuilder<boolean> {
  const operator = sql.raw(flavour === "postgres" ? "~" : "regexp");
  return sql`${sql.id(name)} ${operator} ${sql.lit(pattern)}`;
}

const PLAIN = /^[\x20-\x7e]*$/;
const LOCAL = /\\|\[\^/;

// A pattern with the same meaning in JavaScript and SQL. Classes such as `\s` and negated ones
// match other characters in other engines, which would refuse values that debr accepts.
function portable({ source, flags }: RegExp): string | undefined {
  const pattern = source.replaceAll("\\d", "[0-9]");
  return flags === "" && PLAIN.test(pattern) && !LOCAL.test(pattern) ? pattern : undefined;
}

const INT32 = 2 ** 31;

function rangeChecks({ name, rules: { range } }: ValueColumn): RawBuilder<boolean>[] {
  if (range === undefined || (range.min === -INT32 && range.max === INT32 - 1)) return [];
  return [sql`${sql.id(name)} between ${sql.lit(range.min)} and ${sql.lit(range.max)}`];
}

/** Conditions that hold for every value that debr accepts. */
export function checksOf(column: ValueColumn, flavour: Flavour): RawBuilder<boolean>[] {
  const { name, type, rules: { oneOf, filled, patterns } } = column;
  const textual = type === "text" || (type === "uuid" && flavour !== "postgres");
  const sources = textual ? patterns.map(portable).filter((found) => found !== undefined) : [];
  return [
    ...(oneOf === undefined
      ? []
      : [sql<boolean>`${sql.id(name)} in (${sql.join(oneOf.map((one) => sql.lit(one)))})`]),
    ...(filled ? [sql<boolean>`${sql.id(name)} <> ''`] : []),
    ...sources.map((pattern) => matches(name, { pattern, flavour })),
    ...rangeChecks(column),
  ];
}

export function commentOf(
  { description, unit, privacy }: Pick<NamedColumn, "description" | "unit" | "privacy">,
): string {
  const measured = unit === undefined ? "" : ` Unit: ${unit}.`;
  return `${description}${measured} Privacy: ${privacy}.`;
}
