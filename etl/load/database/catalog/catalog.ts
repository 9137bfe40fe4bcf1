// What a database holds, as its own catalog tells: tables with columns, keys, checks, indexes. The
// same shape for PostgreSQL, MySQL and MariaDB, and for what the schema expects of them.
import type { Flavour } from "../ddl/builder.ts";
import type { Answer } from "../connection/session.ts";

/** A column. */
export interface CatalogColumn {
  readonly name: string;
  /** As the database prints it, without widths that only say how numbers are shown. */
  readonly type: string;
  readonly nullable: boolean;
  /** SQL of its default; absent where there is none. */
  readonly default?: string;
  /** Whether and how the database makes its values: `identity`, `generated as …`. */
  readonly made?: string;
  /** Its collation where that is not the type's own; of MySQL always. */
  readonly collation?: string;
  readonly comment: string;
}

/** Columns that belong together, in order. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  /** What is special about it, as `where …` or `not valid`; empty where nothing is. */
  readonly special: string;
}

/** A key that points to another table. */
interface ForeignKey extends Key {
  readonly table: string;
  readonly references: readonly string[];
  /** `restrict`, `cascade`, …; what the standard calls `no action` is `restrict` here. */
  readonly onDelete: string;
}

/** A check. */
interface Check {
  readonly name: string;
  /** Its condition, as the database prints it. */
  readonly text: string;
  readonly special: string;
}

/** A trigger. */
interface Trigger {
  readonly name: string;
  /** `disabled`, where it is; empty where nothing is special. */
  readonly special: string;
}

/** A table, or a view. */
export interface CatalogTable {
  readonly name: string;
  readonly kind: "table" | "view";
  readonly comment: string;
  /** What is special about it as a whole: engine, collation, row security; empty where nothing is. */
  readonly special: string;
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: readonly Key[];
  readonly unique: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly indexes: readonly Key[];
  readonly triggers: readonly Trigger[];
}

/** A type that somebody made: of PostgreSQL. */
export interface CatalogType {
  /** Labels of an enumeration. */
  readonly labels?: readonly string[];
  /** What a domain is based on. */
  readonly base?: string;
  /** Conditions of a domain, about `VALUE`. */
  readonly checks: readonly string[];
  readonly nullable: boolean;
}

/** What a database may not show to everybody. */
export type Hidden = "foreign key" | "check";

/** All tables of a schema (a database, in MySQL). */
export interface Catalog {
  readonly flavour: Flavour;
  readonly schema: string;
  readonly tables: ReadonlyMap<string, CatalogTable>;
  /** Types by name. */
  readonly types: ReadonlyMap<string, CatalogType>;
  /** Other schemas of the database that hold tables. */
  readonly otherSchemas: readonly string[];
  /** What the database does not show to this user. */
  readonly hides: readonly Hidden[];
}

/** What is read of a database. */
export type CatalogContent = Pick<Catalog, "tables" | "types" | "hides" | "otherSchemas">;

/** What each query of a catalog gave, one row a thing. */
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

/** Tables from what the queries gave. */
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
