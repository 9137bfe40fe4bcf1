// Types and checks of columns in each database. Comparisons of texts are exact, with trailing
// spaces, because keys must distinguish the same values as in Parquet.
import { DECIMAL, type NamedColumn } from "../../../../schema/mod.ts";
import { type Flavour, type RawBuilder, sql } from "./builder.ts";
import type { ValueColumn } from "./model.ts";

/** Collations that distinguish all texts, even texts that differ only in trailing spaces. */
export const EXACT: Readonly<Record<Exclude<Flavour, "postgres">, string>> = {
  mysql: "utf8mb4_0900_bin",
  mariadb: "utf8mb4_nopad_bin",
};

/** Maximum characters of a text in a key: MySQL indexes at most 3072 bytes. */
const KEYED_LENGTH = 255;

export function tableOptions(flavour: Exclude<Flavour, "postgres">): string {
  return `engine = InnoDB default character set utf8mb4 collate ${EXACT[flavour]}`;
}

/** Returns the fixed length that a pattern such as `^[0-9a-f]{64}$` requires. */
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
      // MySQL has no UUID type, and its clients show 16 bytes as raw text.
      return postgres ? "uuid" : ascii(36);
    case "integer":
      return "integer";
    case "decimal":
      return `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`;
    case "timestamp":
      // Has no time zone, so that values are UTC in any session.
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

// Returns a pattern only if all engines match the same texts. Classes such as `\s` and negated ones
// differ between engines, so a database could reject values that debr accepts.
function portable({ source, flags }: RegExp): string | undefined {
  const pattern = source.replaceAll("\\d", "[0-9]");
  return flags === "" && PLAIN.test(pattern) && !LOCAL.test(pattern) ? pattern : undefined;
}

const INT32 = 2 ** 31;

function rangeChecks({ name, rules: { range } }: ValueColumn): RawBuilder<boolean>[] {
  if (range === undefined || (range.min === -INT32 && range.max === INT32 - 1)) return [];
  return [sql`${sql.id(name)} between ${sql.lit(range.min)} and ${sql.lit(range.max)}`];
}

/** Returns conditions that every value that debr accepts fulfils. */
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
