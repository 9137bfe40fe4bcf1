// Converts a row of a table to JSON Schema; only this module imports Valibot's converter.
import { type JsonSchema, toJsonSchema } from "npm:@valibot/to-json-schema@1.8.0";
import { type AnyTable, type Column, columnMeta, rulesOf, tablePrivacy } from "../../schema/mod.ts";

// Adds the declarations of a column; keys that JSON Schema lacks begin with `x-`. The converter
// keeps only the first of several patterns, so the others are added here.
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
export function rowSchema(table: AnyTable): JsonSchema {
  // JSON Schema cannot express rules that are functions.
  const config = { errorMode: "ignore", target: "draft-2020-12" } as const;
  const { $schema, properties = {}, ...rest } = toJsonSchema(table.row, config);
  const columns = Object.entries(properties).map(([name, schema]) => [
    name,
    described(schema as JsonSchema, table.columns[name] as Column),
  ]);
  return {
    $schema,
    title: table.name,
    description: table.description,
    "x-privacy": tablePrivacy(table),
    "x-primary-key": table.primaryKey,
    ...rest,
    properties: Object.fromEntries(columns),
  } as JsonSchema;
}
