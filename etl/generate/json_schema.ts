// A row of a table as JSON Schema: the door to Valibot's converter.
import { type JsonSchema, toJsonSchema } from "npm:@valibot/to-json-schema@1.8.0";
import { type AnyTable, type Column, columnMeta, rulesOf, tablePrivacy } from "../../schema/mod.ts";

// What a column declares, in JSON Schema's words; what those lack begins with `x-`. Where a column
// has several patterns the converter keeps the first.
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

/** The JSON Schema (2020-12) of one row as it is printed. */
export function rowSchema(table: AnyTable): JsonSchema {
  // Rules that are functions have no words in JSON Schema.
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
