// PostgreSQL, MySQL, MariaDB and the schema's expectations share this shape of a catalog.
import type { Flavour } from "../ddl/builder.ts";
import type { Answer } from "../connection/session.ts";

export interface CatalogColumn {
  readonly name: string;
  /** As the database prints it, without display widths. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: string;
  /** How the database generates values, if it does: `identity`, `generated as …`. */
  readonly made?: string;
  /** The collation, unless it is the type's default; in MySQL always. */
  readonly collation?: string;
  readonly comment: string;
}

interface Named {
  readonly name: string;
  /** Unusual properties, for example `where …`, `not valid` or `disabled`; usually empty. */
  readonly special: string;
}

export interface Key extends Named {
  readonly columns: readonly string[];
}

interface ForeignKey extends Key {
  readonly table: string;
  readonly references: readonly string[];
  /** `restrict`, `cascade`, …; `no action` counts as `restrict`. */
  readonly onDelete: string;
}

interface Check extends Named {
  readonly text: string;
}

export interface CatalogTable {
  readonly name: string;
  readonly kind: "table" | "view";
  readonly comment: string;
  /** Unusual engine, collation or row security. */
  readonly special: string;
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: readonly Key[];
  readonly unique: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly indexes: readonly Key[];
  readonly triggers: readonly Named[];
}

/** A user-defined type of PostgreSQL. */
export interface CatalogType {
  readonly labels?: readonly string[];
  /** The base type of a domain. */
  readonly base?: string;
  /** The conditions of a domain on `VALUE`. */
  readonly checks: readonly string[];
  readonly nullable: boolean;
}

/** The kinds of objects that a database may hide from some users. */
export type Hidden = "foreign key" | "check" | "trigger";

export interface Catalog {
  readonly flavour: Flavour;
  readonly schema: string;
  readonly tables: ReadonlyMap<string, CatalogTable>;
  readonly types: ReadonlyMap<string, CatalogType>;
  readonly otherSchemas: readonly string[];
  readonly hides: readonly Hidden[];
}

export type CatalogContent = Pick<Catalog, "tables" | "types" | "hides" | "otherSchemas">;

/** The `kind` of a key is `p`, `u` or `f`. */
type Rows = "tables" | "columns" | "keys" | "checks" | "indexes" | "triggers";

const text = (value: string | null | undefined) => value ?? "";
const list = (value: string | null | undefined): string[] => JSON.parse(value || "[]");

const named = (row: Answer): Named => ({
  name: text(row["name"]),
  special: text(row["special"]).trim(),
});
const keyOf = (row: Answer): Key => ({ ...named(row), columns: list(row["columns"]) });

function columnOf(row: Answer): CatalogColumn {
  const { default: given, made, collation } = row;
  return {
    name: text(row["name"]),
    type: text(row["type"]),
    nullable: row["nullable"] === "1",
    ...(given ? { default: given } : {}),
    ...(made ? { made } : {}),
    ...(collation ? { collation } : {}),
    comment: text(row["comment"]),
  };
}

export function tablesOf(
  rows: Readonly<Record<Rows, readonly Answer[]>>,
): Map<string, CatalogTable> {
  const of = (all: readonly Answer[], table: string) => all.filter((row) => row["table"] === table);
  return new Map(rows.tables.map((row) => {
    const { name, special } = named(row);
    const keys = of(rows.keys, name);
    const kind = (wanted: string) => keys.filter((row) => row["kind"] === wanted);
    return [name, {
      name,
      kind: row["kind"] === "view" ? "view" : "table",
      comment: text(row["comment"]),
      special,
      columns: of(rows.columns, name).map(columnOf),
      primaryKey: kind("p").map(keyOf),
      unique: kind("u").map(keyOf),
      foreignKeys: kind("f").map((row) => ({
        ...keyOf(row),
        table: text(row["target"]),
        references: list(row["references"]),
        onDelete: text(row["on_delete"]).toLowerCase().replace("no action", "restrict"),
      })),
      checks: of(rows.checks, name).map((row) => ({ ...named(row), text: text(row["text"]) })),
      indexes: of(rows.indexes, name).map(keyOf),
      triggers: of(rows.triggers, name).map(named),
    }];
  }));
}
