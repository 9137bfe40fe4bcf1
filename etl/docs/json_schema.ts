/**
 * A row of a table as JSON Schema: the door to Valibot's converter.
 *
 * @module
 */
import { type ConversionConfig, type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import { type AnyTable, type Column, columnMeta, tablePrivacy } from "../../schema/mod.ts";

type OverrideAction = NonNullable<ConversionConfig["overrideAction"]>;

/** What a column declares, in JSON Schema's words; what those lack begins with `x-`. */
function described(schema: JsonSchema, column: Column): JsonSchema {
  const { type, privacy, description, source, unit, example } = columnMeta(column);
  return {
    description,
    examples: [type === "integer" ? Number(example) : example],
    ...schema,
    "x-type": type,
    "x-privacy": privacy,
    "x-source": source,
    ...(unit !== undefined && { "x-unit": unit }),
  } as JsonSchema;
}

/** Metadata is added to columns as a whole; a second pattern must not be lost. */
const overrideAction: OverrideAction = ({ valibotAction, jsonSchema }) => {
  if (valibotAction.type === "metadata") return jsonSchema;
  const { requirement } = valibotAction as { requirement?: unknown };
  if (!(requirement instanceof RegExp) || jsonSchema.pattern === undefined) return undefined;
  return { ...jsonSchema, allOf: [...jsonSchema.allOf ?? [], { pattern: requirement.source }] };
};

/** The JSON Schema (2020-12) of one row as it is printed. */
export function rowSchema(table: AnyTable): JsonSchema {
  // Rules that are functions have no words in JSON Schema.
  const config = { errorMode: "ignore", target: "draft-2020-12", overrideAction } as const;
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
