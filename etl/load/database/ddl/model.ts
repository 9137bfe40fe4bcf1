// The database generates primary keys, which foreign keys reference. The Parquet key is unique.
import {
  type AnyTable,
  columnsOf,
  type ColumnType,
  DECIMAL,
  type NamedColumn,
  type Privacy,
  type Rules,
  rulesOf,
  TABLE_NAMES,
  type TableName,
  tablePrivacy,
  TABLES,
} from "../../../../schema/mod.ts";
import { type Flavour, literals, type RawBuilder, sql } from "./builder.ts";

/** The table with the version of debr's tables in its only row. */
export const META_TABLE = "debr_meta";

export interface ValueColumn extends NamedColumn {
  readonly kind: "value";
  readonly rules: Rules;
  /** Part of a unique key. */
  readonly keyed: boolean;
}

export interface ReferenceColumn {
  readonly kind: "reference";
  readonly name: string;
  readonly description: string;
  /** The referenced table; its primary key has the same name as this column. */
  readonly table: string;
  /** The column in both Parquet tables that identifies the referenced row. */
  readonly by: string;
  /** Whether a row is deleted together with the row that it references. */
  readonly owned: boolean;
}

export interface DatabaseTable {
  readonly name: string;
  readonly description: string;
  readonly privacy: Privacy;
  readonly key: string;
  /** The columns in the order of the Parquet table. */
  readonly columns: readonly (ValueColumn | ReferenceColumn)[];
  readonly unique: readonly string[];
  /** Columns for joins that are not the first column of a key. */
  readonly indexed: readonly string[];
}

function keyName(table: string): string {
  return `${table.replace(/ies$/, "y").replace(/s$/, "")}_key`;
}

function columnsOfDatabase(table: AnyTable): DatabaseTable["columns"] {
  return columnsOf(table).map((column) => {
    const { name, description } = column;
    const keyed = table.primaryKey.includes(name);
    const target = table.foreignKeys.find((key) => key.column === name)?.references;
    if (target === undefined) {
      return { ...column, kind: "value", rules: rulesOf(table.columns[name]!), keyed };
    }
    const key = keyName(target);
    return { kind: "reference", name: key, description, table: target, by: name, owned: keyed };
  });
}

export function databaseTableOf(table: AnyTable): DatabaseTable {
  const columns = columnsOfDatabase(table);
  const unique = table.primaryKey.map((part) =>
    columns.find((column) => column.kind === "reference" && column.by === part)?.name ?? part
  );
  return {
    name: table.name,
    description: table.description,
    privacy: tablePrivacy(table),
    key: keyName(table.name),
    columns,
    unique,
    indexed: columns
      .filter(({ kind, name }) => kind === "reference" && name !== unique[0])
      .map(({ name }) => name),
  };
}

/** The tables; a referenced table comes before the tables that reference it. */
export const DATABASE_TABLES: readonly DatabaseTable[] = TABLE_NAMES.map((name) =>
  databaseTableOf(TABLES[name] as unknown as AnyTable)
);

export function databaseTable(name: TableName): DatabaseTable {
  return DATABASE_TABLES[TABLE_NAMES.indexOf(name)]!;
}

/** Collations that distinguish all texts, as keys in Parquet do, even by trailing spaces only. */
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
  const types: Readonly<Record<ColumnType, string>> = {
    text: postgres ? "text" : mysqlText(column),
    // MySQL has no UUID type, and its clients show 16 bytes as raw text.
    uuid: postgres ? "uuid" : ascii(36),
    integer: "integer",
    decimal: `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`,
    // Has no time zone, so that values are UTC in any session.
    timestamp: postgres ? "timestamp(3)" : "datetime(3)",
  };
  return types[column.type];
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
