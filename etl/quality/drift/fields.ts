// The fields of the API's person, as a tree of types.
import { API_VERSIONS, type ApiVersion, INFO, PERSON } from "../../../schema/mod.ts";
import type { Parts } from "../../../schema/valibot/parts.ts";

type JsonType = "text" | "number" | "true or false" | "null" | "list" | "object";

/** The possible types of a field, and its child fields. */
interface Field {
  readonly types: readonly JsonType[];
  readonly fields: ReadonlyMap<string, Field>;
}

const TYPES: Readonly<Record<string, JsonType>> = { string: "text", number: "number" };

function typesOf({ type, options = [], wrapped }: Parts): JsonType[] {
  if (type === "nullable" && wrapped !== undefined) return [...typesOf(wrapped), "null"];
  if (type === "picklist") return ["text"];
  if (type === "union") return options.flatMap((option) => typesOf(option as Parts));
  const found = TYPES[type];
  if (found === undefined) throw new TypeError(`Cannot tell the JSON type of ${type}`);
  return [found];
}

function fieldOf(schema: Parts): Field {
  const { entries } = schema;
  if (entries === undefined) return { types: typesOf(schema), fields: new Map() };
  const fields = Object.entries(entries).map(([name, entry]) => [name, fieldOf(entry)] as const);
  return { types: ["object"], fields: new Map(fields) };
}

export const PERSON_FIELDS = Object.fromEntries(
  API_VERSIONS.map((version) => [version, fieldOf(PERSON[version])]),
) as Readonly<Record<ApiVersion, Field>>;

export const INFO_FIELD: Field = fieldOf(INFO);

// Fields that debr always drops, so stored pages lack them: secrets, and ages, which change with
// time.
const DROPPED = new Set([
  ...["password", "salt", "md5", "sha1"].map((name) => `login.${name}`),
  ...["dob", "registered"].map((name) => `${name}.age`),
]);

export interface FieldFinding {
  readonly kind: "added_field" | "missing_field" | "retyped_field";
  readonly path: string;
  readonly expected: readonly JsonType[];
  /** The found type; absent if the field is missing. */
  readonly found?: JsonType;
}

export function jsonType(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "true or false";
  return typeof value === "number" ? "number" : "object";
}

/** Yields the differences field by field, with types but without values. */
export function* findFields(value: unknown, field: Field, path = ""): Generator<FieldFinding> {
  const { types: expected, fields } = field;
  const found = jsonType(value);
  if (!expected.includes(found)) {
    yield { kind: "retyped_field", path, expected, found };
    return;
  }
  if (found !== "object") return;
  const record = value as Readonly<Record<string, unknown>>;
  const below = (name: string) => path === "" ? name : `${path}.${name}`;
  for (const [name, inner] of fields) {
    if (Object.hasOwn(record, name)) yield* findFields(record[name], inner, below(name));
    else yield { kind: "missing_field", path: below(name), expected: inner.types };
  }
  for (const name of Object.keys(record)) {
    if (fields.has(name) || DROPPED.has(below(name))) continue;
    yield {
      kind: "added_field",
      path: below(name),
      expected: [],
      found: jsonType(record[name]),
    };
  }
}
