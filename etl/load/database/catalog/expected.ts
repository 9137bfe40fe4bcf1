import { type Flavour, textOf } from "../ddl/builder.ts";
import { columnComment, columnType, onDelete, referencesOf, tableChecks } from "../ddl/create.ts";
import { DATABASE_TABLES, type DatabaseTable } from "../ddl/model.ts";
import { EXACT, IS_TEXT } from "../ddl/types.ts";
import type { CatalogColumn, CatalogTable } from "./catalog.ts";

/** Converts a type of debr's DDL to what the database prints. */
function printedType(written: string, flavour: Flavour): Pick<CatalogColumn, "type" | "collation"> {
  const compact = written.replace(", ", ",");
  if (flavour === "postgres") {
    const numeric = compact.replace(/^decimal\b/, "numeric");
    return { type: numeric.replace(/^timestamp\(3\)$/, "$& without time zone") };
  }
  const [type = "", own] = compact.split(/ character set \S+ collate /);
  if (own !== undefined) return { type, collation: own };
  return IS_TEXT.test(type)
    ? { type, collation: EXACT[flavour] }
    : { type: type.replace(/^integer$/, "int") };
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
