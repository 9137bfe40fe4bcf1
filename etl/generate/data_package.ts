// Writes the tables as a Data Package with Table Schemas (Frictionless), for Parquet and CSV.
import {
  type AnyTable,
  type Column,
  columnsOf,
  type ColumnType,
  type NamedColumn,
  rulesOf,
  SCHEMA_VERSION,
  tablePrivacy,
} from "../../schema/mod.ts";

type PackageFormat = "parquet" | "csv";

/** Types of text in a CSV file. */
const TYPES: Readonly<Record<ColumnType, object>> = {
  text: { type: "string" },
  uuid: { type: "string", format: "uuid" },
  integer: { type: "integer" },
  decimal: { type: "number" },
  timestamp: { type: "datetime", format: "any" },
};

function typeOf({ type }: NamedColumn, format: PackageFormat): object {
  if (format === "csv") return TYPES[type];
  // Parquet readers return UUIDs and timestamps as objects.
  return type === "uuid"
    ? { type: "any" }
    : type === "timestamp"
    ? { type: "datetime" }
    : TYPES[type];
}

function constraintsOf(table: AnyTable, column: NamedColumn) {
  const { oneOf, patterns, filled, range } = rulesOf(table.columns[column.name] as Column);
  const [pattern] = column.type === "text" ? patterns : [];
  const [key, ...others] = table.primaryKey;
  return {
    // In CSV, an empty text means a missing value.
    ...((column.type !== "text" || filled || oneOf !== undefined) && { required: true }),
    ...(key === column.name && others.length === 0 && { unique: true }),
    ...(oneOf && { enum: oneOf }),
    ...(pattern && isPortable(pattern) && { pattern: pattern.source.replace(/^\^|\$$/g, "") }),
    ...(range && { minimum: range.min, maximum: range.max }),
  };
}

/** Whether other tools support a pattern: Unicode classes and code points are JavaScript's. */
function isPortable({ source }: RegExp): boolean {
  return !/\\[pPu]/.test(source);
}

function tableSchema(table: AnyTable, format: PackageFormat) {
  return {
    fields: columnsOf(table).map((column) => ({
      name: column.name,
      ...typeOf(column, format),
      description: column.description,
      ...(format === "csv" && { constraints: constraintsOf(table, column) }),
      privacy: column.privacy,
    })),
    primaryKey: table.primaryKey,
    foreignKeys: table.foreignKeys.map(({ column, references }) => ({
      fields: [column],
      reference: { resource: references, fields: [column] },
    })),
    missingValues: format === "csv" ? [""] : [],
  };
}

function resource(table: AnyTable, format: PackageFormat) {
  const path = format === "csv" ? `${table.name}.csv` : `${table.name}/part-00001.parquet`;
  return {
    name: table.name,
    type: "table",
    path,
    format,
    ...(format === "csv" && { encoding: "utf-8" }),
    description: table.description,
    privacy: tablePrivacy(table),
    schema: tableSchema(table, format),
  };
}

const HOW: Readonly<Record<PackageFormat, string>> = {
  parquet:
    "Copy this file to tables/. Name every part of a table in its path where there are several.",
  csv:
    "Copy this file beside users.csv and the others, as `deno task query --format csv` prints them.",
};

export function dataPackage(tables: readonly AnyTable[], format: PackageFormat): string {
  const content = {
    name: `debr-${format}`,
    title: "People of the randomuser.me API",
    description: `Generated from schema/ by deno task docs. ${HOW[format]}`,
    version: `${SCHEMA_VERSION}.0.0`,
    resources: tables.map((table) => resource(table, format)),
  };
  return JSON.stringify(content, null, 2) + "\n";
}
