// Describes the tables in JSON: JSON Schemas of rows, and Data Packages (Frictionless).
import { type JsonSchema, toJsonSchema } from "npm:@valibot/to-json-schema@1.8.0";
import {
  type AnyTable,
  type Column,
  columnMeta,
  columnsOf,
  type ColumnType,
  type NamedColumn,
  rulesOf,
  SCHEMA_VERSION,
  tablePrivacy,
} from "../../schema/mod.ts";

// Adds `x-` keys for what JSON Schema lacks, and patterns: the converter keeps only the first.
function described(converted: JsonSchema, schema: Column): JsonSchema {
  const { type, privacy, description, source, unit, example } = columnMeta(schema);
  const { patterns, range } = rulesOf(schema);
  const also = patterns.slice(1).map(({ source }) => ({ pattern: source }));
  const { column: _, range: __, exact: ___, ...rules } = converted as Record<string, unknown>;
  return {
    description,
    examples: [type === "integer" ? Number(example) : example],
    ...rules,
    ...(also.length > 0 && { allOf: also }),
    ...(range && type === "decimal" && { "x-range": [range.min, range.max] }),
    "x-type": type,
    "x-privacy": privacy,
    "x-source": source,
    ...(unit !== undefined && { "x-unit": unit }),
  } as JsonSchema;
}

/** Describes printed rows in JSON Schema 2020-12. */
export function rowSchema(table: AnyTable): string {
  // JSON Schema cannot express rules that are functions.
  const config = { errorMode: "ignore", target: "draft-2020-12" } as const;
  const { $schema, properties = {}, ...rest } = toJsonSchema(table.row, config);
  const columns = Object.entries(properties).map(([name, schema]) => [
    name,
    described(schema as JsonSchema, table.columns[name] as Column),
  ]);
  const content = {
    $schema,
    title: table.name,
    description: table.description,
    "x-privacy": tablePrivacy(table),
    "x-primary-key": table.primaryKey,
    ...rest,
    properties: Object.fromEntries(columns),
  };
  return JSON.stringify(content, null, 2) + "\n";
}

const HOW = {
  parquet: "Copy this file to tables/. If a table has several parts, list all of them in its path.",
  csv:
    "Copy this file beside users.csv and the others, as `deno task query --format csv` prints them.",
};

type PackageFormat = keyof typeof HOW;
type Types = Readonly<Record<ColumnType, object>>;

const CSV_TYPES: Types = {
  text: { type: "string" },
  uuid: { type: "string", format: "uuid" },
  integer: { type: "integer" },
  decimal: { type: "number" },
  timestamp: { type: "datetime", format: "any" },
};

/** Parquet readers return UUIDs and timestamps as objects. */
const PARQUET_TYPES: Types = {
  ...CSV_TYPES,
  uuid: { type: "any" },
  timestamp: { type: "datetime" },
};

function constraintsOf(table: AnyTable, column: NamedColumn) {
  const { oneOf, patterns, filled, range } = rulesOf(table.columns[column.name] as Column);
  const [pattern] = column.type === "text" ? patterns : [];
  // Other tools support no Unicode classes and code points of JavaScript.
  const isPortable = pattern !== undefined && !/\\[pPu]/.test(pattern.source);
  const [key, ...others] = table.primaryKey;
  return {
    // In CSV, an empty text means a missing value.
    ...((column.type !== "text" || filled || oneOf !== undefined) && { required: true }),
    ...(key === column.name && others.length === 0 && { unique: true }),
    ...(oneOf && { enum: oneOf }),
    ...(isPortable && { pattern: pattern.source.replace(/^\^|\$$/g, "") }),
    ...(range && { minimum: range.min, maximum: range.max }),
  };
}

function resource(table: AnyTable, format: PackageFormat) {
  const { name, description, primaryKey, foreignKeys } = table;
  const isCsv = format === "csv";
  const fields = columnsOf(table).map((column) => ({
    name: column.name,
    ...(isCsv ? CSV_TYPES : PARQUET_TYPES)[column.type],
    description: column.description,
    ...(isCsv && { constraints: constraintsOf(table, column) }),
    privacy: column.privacy,
  }));
  const references = foreignKeys.map(({ column, references }) => ({
    fields: [column],
    reference: { resource: references, fields: [column] },
  }));
  return {
    name,
    type: "table",
    path: isCsv ? `${name}.csv` : `${name}/part-00001.parquet`,
    format,
    ...(isCsv && { encoding: "utf-8" }),
    description,
    privacy: tablePrivacy(table),
    schema: { fields, primaryKey, foreignKeys: references, missingValues: isCsv ? [""] : [] },
  };
}

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
