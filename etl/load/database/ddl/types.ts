// Comparisons of texts are exact, because keys must distinguish the same values as in Parquet.
import { DECIMAL, type NamedColumn } from "../../../../schema/mod.ts";
import { type Flavour, literals, type RawBuilder, sql } from "./builder.ts";
import type { ValueColumn } from "./model.ts";

/** Collations that distinguish all texts, even texts that differ only in trailing spaces. */
export const EXACT: Readonly<Record<Exclude<Flavour, "postgres">, string>> = {
  mysql: "utf8mb4_0900_bin",
  mariadb: "utf8mb4_nopad_bin",
};

/** A type with a collation. */
export const IS_TEXT = /^(?:var)?char|^text/;

/** Maximum characters of a text in a key: MySQL indexes at most 3072 bytes. */
const KEYED_LENGTH = 255;

export function tableOptions(flavour: Exclude<Flavour, "postgres">): string {
  return `engine = InnoDB default character set utf8mb4 collate ${EXACT[flavour]}`;
}

function ascii(length: number | string): string {
  return `char(${length}) character set ascii collate ascii_bin`;
}

function mysqlText({ rules: { patterns, oneOf }, keyed }: ValueColumn): string {
  // The fixed length that a pattern such as `^[0-9a-f]{64}$` requires.
  const [, length] = /^\^\[[^\]]+\]\{(\d+)\}\$$/.exec(patterns[0]?.source ?? "") ?? [];
  if (length !== undefined) return ascii(length);
  if (oneOf !== undefined) return `varchar(${Math.max(...oneOf.map(({ length }) => length))})`;
  return keyed ? `varchar(${KEYED_LENGTH})` : "text";
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

const PLAIN = /^[\x20-\x7e]*$/;
const LOCAL = /\\|\[\^/;

// Classes such as `\s` differ between engines: a database could reject values that debr accepts.
function portable({ source, flags }: RegExp): string | undefined {
  const pattern = source.replaceAll("\\d", "[0-9]");
  return flags === "" && PLAIN.test(pattern) && !LOCAL.test(pattern) ? pattern : undefined;
}

const INT32 = 2 ** 31;

/** Returns conditions that every value that debr accepts fulfils. */
export function checksOf(column: ValueColumn, flavour: Flavour): RawBuilder<unknown>[] {
  const { name, type, rules: { oneOf, filled, patterns, range } } = column;
  const id = sql.id(name);
  const textual = type === "text" || (type === "uuid" && flavour !== "postgres");
  const sources = textual ? patterns.map(portable).filter((found) => found !== undefined) : [];
  const matches = sql.raw(flavour === "postgres" ? "~" : "regexp");
  const bounded = range !== undefined && (range.min !== -INT32 || range.max !== INT32 - 1);
  return [
    ...(oneOf === undefined ? [] : [sql`${id} in (${literals(oneOf)})`]),
    ...(filled ? [sql`${id} <> ''`] : []),
    ...sources.map((pattern) => sql`${id} ${matches} ${sql.lit(pattern)}`),
    ...(bounded ? [sql`${id} between ${sql.lit(range.min)} and ${sql.lit(range.max)}`] : []),
  ];
}

export function commentOf(
  { description, unit, privacy }: Pick<NamedColumn, "description" | "unit" | "privacy">,
): string {
  const measured = unit === undefined ? "" : ` Unit: ${unit}.`;
  return `${description}${measured} Privacy: ${privacy}.`;
}
