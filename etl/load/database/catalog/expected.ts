// Describes the six tables as a database's catalog should show them.
import { type Flavour, textOf } from "../ddl/builder.ts";
import { columnComment, columnType, onDelete, referencesOf, tableChecks } from "../ddl/create.ts";
import { DATABASE_TABLES, type DatabaseTable } from "../ddl/model.ts";
import { EXACT } from "../ddl/types.ts";
import type { CatalogColumn, CatalogTable } from "./catalog.ts";

/** Patterns for debr's type names, with the names that PostgreSQL prints. */
const PRINTED: readonly (readonly [RegExp, string])[] = [
  [/^decimal\b/, "numeric"],
  [/^timestamp\(3\)$/, "timestamp(3) without time zone"],
];

function printedType(
  written: string,
  flavour: Flavour,
): { readonly type: string; readonly collation?: string } {
  const compact = written.replace(", ", ",");
  if (flavour === "postgres") {
    return { type: PRINTED.reduce((type, [from, to]) => type.replace(from, to), compact) };
  }
  const own = / character set \S+ collate (\S+)$/.exec(compact);
  const type = compact.slice(0, own?.index).replace(/^integer$/, "int");
  const collation = own?.[1] ?? (/^(?:var)?char|^text/.test(type) ? EXACT[flavour] : undefined);
  return collation === undefined ? { type } : { type, collation };
}

function columnsOf({ key, columns }: DatabaseTable, flavour: Flavour): CatalogColumn[] {
  const made = { name: key, type: "bigint", nullable: false, made: "identity" };
  return [
    { ...made, comment: columnComment(undefined) },
    ...columns.map((column) => ({
      name: column.name,
      ...printedType(columnType(column, flavour), flavour),
      nullable: false,
      comment: columnComment(column),
    })),
  ];
}

function expectedTable(table: DatabaseTable, flavour: Flavour): CatalogTable {
  const { name, description, key, unique, indexed } = table;
  return {
    name,
    kind: "table",
    comment: description,
    special: "",
    columns: columnsOf(table, flavour),
    primaryKey: [{ name: "primary key", columns: [key], special: "" }],
    unique: [{ name: `${name}_unique`, columns: unique, special: "" }],
    foreignKeys: referencesOf(table).map((column) => ({
      name: `${name}_${column.name}_fkey`,
      columns: [column.name],
      special: "",
      table: column.table,
      references: [column.name],
      onDelete: onDelete(column.owned),
    })),
    checks: tableChecks(table, flavour).map(({ name, condition }) => ({
      name,
      text: textOf(condition, flavour),
      special: "",
    })),
    indexes: indexed.map((column) => ({
      name: `${name}_${column}_index`,
      columns: [column],
      special: "",
    })),
    triggers: [],
  };
}

export function expectedTables(flavour: Flavour): CatalogTable[] {
  return DATABASE_TABLES.map((table) => expectedTable(table, flavour));
}
