// What a database holds, from its own catalog: tables with columns, keys, checks, indexes. The same
// shape for PostgreSQL, MySQL and MariaDB, and for what the schema expects of them.
import type { Flavour } from "../ddl/builder.ts";
import type { Answer } from "../connection/session.ts";

export interface CatalogColumn {
  readonly name: string;
  /** As the database prints it, without display widths. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: string;
  /** Whether and how the database makes its values: `identity`, `generated as …`. */
  readonly made?: string;
  /** Its collation where that is not the type's own; of MySQL always. */
  readonly collation?: string;
  readonly comment: string;
}

export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  /** Such as `where …` or `not valid`; empty by default, here and below. */
  readonly special: string;
}

interface ForeignKey extends Key {
  readonly table: string;
  readonly references: readonly string[];
  /** `restrict`, `cascade`, …; the standard's `no action` is `restrict` here. */
  readonly onDelete: string;
}

interface Check {
  readonly name: string;
  /** As the database prints it. */
  readonly text: string;
  readonly special: string;
}

interface Trigger {
  readonly name: string;
  /** `disabled`. */
  readonly special: string;
}

export interface CatalogTable {
  readonly name: string;
  readonly kind: "table" | "view";
  readonly comment: string;
  /** Engine, collation, row security. */
  readonly special: string;
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: readonly Key[];
  readonly unique: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly indexes: readonly Key[];
  readonly triggers: readonly Trigger[];
}

/** A user-defined type of PostgreSQL. */
export interface CatalogType {
  /** Of an enumeration. */
  readonly labels?: readonly string[];
  /** Of a domain. */
  readonly base?: string;
  /** Conditions of a domain, about `VALUE`. */
  readonly checks: readonly string[];
  readonly nullable: boolean;
}

/** What a database may hide from some users. */
export type Hidden = "foreign key" | "check";

export interface Catalog {
  readonly flavour: Flavour;
  readonly schema: string;
  readonly tables: ReadonlyMap<string, CatalogTable>;
  readonly types: ReadonlyMap<string, CatalogType>;
  readonly otherSchemas: readonly string[];
  /** Hidden from this user. */
  readonly hides: readonly Hidden[];
}

export type CatalogContent = Pick<Catalog, "tables" | "types" | "hides" | "otherSchemas">;

interface CatalogRows {
  readonly tables: readonly Answer[];
  readonly columns: readonly Answer[];
  /** With `kind` `p`, `u` or `f`. */
  readonly keys: readonly Answer[];
  readonly checks: readonly Answer[];
  readonly indexes: readonly Answer[];
  readonly triggers: readonly Answer[];
}

const text = (value: string | null | undefined) => value ?? "";
const list = (value: string | null | undefined): string[] => JSON.parse(value || "[]");

function keyOf(row: Answer): Key {
  return {
    name: text(row["name"]),
    columns: list(row["columns"]),
    special: text(row["special"]).trim(),
  };
}

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

export function tablesOf(rows: CatalogRows): Map<string, CatalogTable> {
  const of = (all: readonly Answer[], table: string) => all.filter((row) => row["table"] === table);
  return new Map(rows.tables.map((row) => {
    const name = text(row["name"]);
    const keys = of(rows.keys, name);
    const kind = (wanted: string) => keys.filter((row) => row["kind"] === wanted);
    return [name, {
      name,
      kind: row["kind"] === "view" ? "view" : "table",
      comment: text(row["comment"]),
      special: text(row["special"]).trim(),
      columns: of(rows.columns, name).map(columnOf),
      primaryKey: kind("p").map(keyOf),
      unique: kind("u").map(keyOf),
      foreignKeys: kind("f").map((row) => ({
        ...keyOf(row),
        table: text(row["target"]),
        references: list(row["references"]),
        onDelete: text(row["on_delete"]).toLowerCase().replace("no action", "restrict"),
      })),
      checks: of(rows.checks, name).map((row) => ({
        name: text(row["name"]),
        text: text(row["text"]),
        special: text(row["special"]).trim(),
      })),
      indexes: of(rows.indexes, name).map(keyOf),
      triggers: of(rows.triggers, name).map((row) => ({
        name: text(row["name"]),
        special: text(row["special"]),
      })),
    }];
  }));
}
