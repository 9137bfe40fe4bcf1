import { type Flavour, textOf } from "../ddl/builder.ts";
import {
  columnComment,
  columnType,
  indexName,
  referencesOf,
  tableChecks,
  uniqueName,
} from "../ddl/create.ts";
import { DATABASE_TABLES, type DatabaseTable, EXACT, IS_TEXT } from "../ddl/model.ts";
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
  const comment = columnComment(undefined);
  return [
    { name: key, type: "bigint", nullable: false, made: "identity", comment },
    ...columns.map((column) => ({
      name: column.name,
      ...printedType(columnType(column, flavour), flavour),
      nullable: false,
      comment: columnComment(column),
    })),
  ];
}

const plain = (name: string, columns: readonly string[]) => ({ name, columns, special: "" });

function expectedTable(table: DatabaseTable, flavour: Flavour): CatalogTable {
  const { name, description, key, unique, indexed } = table;
  return {
    name,
    kind: "table",
    comment: description,
    special: "",
    columns: columnsOf(table, flavour),
    primaryKey: [plain("primary key", [key])],
    unique: [plain(uniqueName(name), unique)],
    foreignKeys: referencesOf(table).map(({ name, constraint, table, onDelete }) => ({
      ...plain(constraint, [name]),
      table,
      references: [name],
      onDelete,
    })),
    checks: tableChecks(table, flavour).map(({ name, condition }) => ({
      name,
      text: textOf(condition, flavour),
      special: "",
    })),
    indexes: indexed.map((column) => plain(indexName(name, column), [column])),
    triggers: [],
  };
}

export function expectedTables(flavour: Flavour): CatalogTable[] {
  return DATABASE_TABLES.map((table) => expectedTable(table, flavour));
}
