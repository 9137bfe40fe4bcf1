/**
 * How databases hold the values of a column so that none is lost, and which of its rules they check.
 *
 * @module
 */
import { type ColumnType, DECIMAL, type Rules } from "../../schema/mod.ts";
import type { ValueColumn } from "./relational.ts";

/** The databases that statements are written for; `mysql` is MySQL from 8.0.16 and MariaDB from 10.3. */
export type Dialect = "postgres" | "mysql";

const NUMBER = `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`;

const TYPES: Readonly<Record<Dialect, Readonly<Record<ColumnType, string>>>> = {
  postgres: {
    text: "text",
    uuid: "uuid",
    integer: "integer",
    decimal: NUMBER,
    timestamp: "timestamp(3)",
  },
  mysql: {
    text: "text",
    uuid: "char(36) character set ascii collate ascii_bin",
    integer: "integer",
    decimal: NUMBER,
    timestamp: "datetime(3)",
  },
};

/** MySQL cannot index text without a length. Longer keys than this fail there, they are not cut. */
const MYSQL_KEY = "varchar(255)";

/** The type of a column in a database. */
export function columnType(
  { name, column }: ValueColumn,
  { dialect, externalKey }: { dialect: Dialect; externalKey: readonly string[] },
): string {
  const keyed = column.type === "text" && externalKey.includes(name);
  return keyed && dialect === "mysql" ? MYSQL_KEY : TYPES[dialect][column.type];
}

/** A condition that every value meets, for databases to check. */
export type Check =
  | { readonly kind: "in"; readonly values: readonly string[] }
  | { readonly kind: "between"; readonly min: number; readonly max: number }
  | { readonly kind: "matches"; readonly pattern: string }
  | { readonly kind: "filled" };

/**
 * The source of an expression that means the same in JavaScript and in SQL; others are left out. Those
 * with a class such as `\s` or `\p{…}` depend on the database's own tables of characters.
 */
function portable({ source, flags }: RegExp): string | undefined {
  const pattern = source.replaceAll("\\d", "[0-9]");
  return flags === "" && !pattern.includes("\\") ? pattern : undefined;
}

const INT32 = 2 ** 31;

function rangeCheck(range: Rules["range"]): Check[] {
  if (range === undefined || (range.min === -INT32 && range.max === INT32 - 1)) return [];
  return [{ kind: "between", ...range }];
}

/** The conditions of a column that its type does not already hold. */
export function checksOf({ column, rules }: ValueColumn): readonly Check[] {
  const { oneOf, patterns, filled, range } = rules;
  if (column.type !== "text") return rangeCheck(range);
  const matches = patterns.map(portable).filter((pattern) => pattern !== undefined);
  return [
    ...(oneOf ? [{ kind: "in" as const, values: oneOf }] : []),
    ...matches.map((pattern) => ({ kind: "matches" as const, pattern })),
    ...(filled ? [{ kind: "filled" as const }] : []),
  ];
}
