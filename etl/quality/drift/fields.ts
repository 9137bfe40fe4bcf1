// The fields of the API's person, as a tree of their types.
import { API_VERSIONS, type ApiVersion, INFO, PERSON } from "../../../schema/mod.ts";
import type { Parts } from "../../../schema/valibot/parts.ts";

/** What a value of JSON is. */
type JsonType = "text" | "number" | "true or false" | "null" | "list" | "object";

/** A field: which types it may have, and the fields in it. */
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

/** The person by version of the API. */
export const PERSON_FIELDS = Object.fromEntries(
  API_VERSIONS.map((version) => [version, fieldOf(PERSON[version])]),
) as Readonly<Record<ApiVersion, Field>>;

/** What the API says of a page. */
export const INFO_FIELD: Field = fieldOf(INFO);

// Fields that the API sends and debr drops, whatever is in them: secrets, and ages, which are not
// facts about a person. Pages that debr has put on disk lack them.
const DROPPED = new Set([
  ...["password", "salt", "md5", "sha1"].map((name) => `login.${name}`),
  ...["dob", "registered"].map((name) => `${name}.age`),
]);

/** Where a value differs from what is expected of it. */
export interface FieldFinding {
  readonly kind: "added_field" | "missing_field" | "retyped_field";
  /** Path with dots. */
  readonly path: string;
  readonly expected: readonly JsonType[];
  /** Missing where the field is. */
  readonly found?: JsonType;
}

/** What a value of JSON is. */
export function jsonType(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "true or false";
  return typeof value === "number" ? "number" : "object";
}

/** Where a value differs, field by field; no value is told, only its type. */
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
