// Compares API pages with the schema: added, missing, retyped fields, each with first page and row.
import { number, plural } from "../../common/counts.ts";
import { parseJson } from "../../common/missing.ts";
import type { NextStep } from "../../common/next_step.ts";
import {
  API_VERSIONS,
  type ApiVersion,
  DEFAULT_VERSION,
  INFO,
  PERSON,
} from "../../../schema/mod.ts";
import type { Parts } from "../../../schema/valibot/parts.ts";
import { differ, type Difference, NOTHING } from "./difference.ts";

type JsonType = "text" | "number" | "true or false" | "null" | "list" | "object";

interface Field {
  readonly types: readonly JsonType[];
  readonly fields: ReadonlyMap<string, Field>;
}

const TYPES: Readonly<Record<string, JsonType>> = {
  string: "text",
  picklist: "text",
  number: "number",
  boolean: "true or false",
  object: "object",
};

function typesOf({ type, options = [], wrapped }: Parts): JsonType[] {
  if (type === "nullable" && wrapped !== undefined) return [...typesOf(wrapped), "null"];
  if (type === "union") return options.flatMap((option) => typesOf(option as Parts));
  const found = TYPES[type];
  if (found === undefined) throw new TypeError(`Cannot determine the JSON type of ${type}`);
  return [found];
}

function fieldOf(schema: Parts): Field {
  const { entries } = schema;
  if (entries === undefined) return { types: typesOf(schema), fields: new Map() };
  const fields = new Map(Object.entries(entries).map(([name, entry]) => [name, fieldOf(entry)]));
  return { types: ["object"], fields };
}

const PERSON_FIELDS = Object.fromEntries(
  API_VERSIONS.map((version) => [version, fieldOf(PERSON[version])]),
) as Readonly<Record<ApiVersion, Field>>;

const INFO_FIELD: Field = fieldOf(INFO);

// debr always drops secrets, and ages because they change with time, so stored pages lack them.
const DROPPED = new Set([
  ...["password", "salt", "md5", "sha1"].map((name) => `login.${name}`),
  ...["dob", "registered"].map((name) => `${name}.age`),
]);

interface FieldFinding {
  readonly kind: "added_field" | "missing_field" | "retyped_field";
  readonly path: string;
  readonly expected: readonly JsonType[];
  /** The type that was found; absent if the field is missing. */
  readonly found?: JsonType;
}

function jsonType(value: unknown): JsonType {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : TYPES[typeof value]!;
}

/** Yields the differences field by field, with types but without values. */
function* findFields(value: unknown, field: Field, path = ""): Generator<FieldFinding> {
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
    yield { kind: "added_field", path: below(name), expected: [], found: jsonType(record[name]) };
  }
}

interface Seen {
  readonly finding: FieldFinding;
  /** The first page with the difference, and the row in it, from 0. */
  readonly first: { readonly page: string; readonly row?: number };
  rows: number;
}

const NEXT: Readonly<Record<FieldFinding["kind"], string | NextStep>> = {
  added_field: "Nothing is lost: debr drops it. To keep it, add it to schema/person.ts and a table",
  missing_field: { code: "field_missing" },
  retyped_field: { code: "field_retyped" },
};

/** A page, or consecutive people, as JSON. */
export interface PageText {
  readonly label: string;
  readonly text: string;
}

/** Collects differences. Memory grows only with their number. */
export class PageDrift {
  readonly #seen = new Map<string, Seen>();
  readonly #others: Difference[] = [];
  readonly counts = { pages: 0, people: 0 };

  add({ label, text }: PageText): void {
    this.counts.pages++;
    const content = this.#read(label, text);
    if (content === undefined) return;
    const { info, people } = content;
    const version = this.#version(label, info);
    if (info !== undefined) {
      for (const finding of findFields(info, INFO_FIELD, "info")) {
        this.#note(finding, { page: label });
      }
    }
    for (const [row, person] of people.entries()) {
      this.counts.people++;
      for (const finding of findFields(person, PERSON_FIELDS[version])) {
        this.#note(finding, { page: label, row });
      }
    }
  }

  differences(): Difference[] {
    const fields = [...this.#seen.values()].map(({ finding, first: { page, row }, rows }) => {
      const { kind, path, expected, found } = finding;
      const people = plural(rows, "person", "people");
      const where = row === undefined
        ? `first in ${page}`
        : `first in ${page}, row ${row}; ${people} of ${number(this.counts.people)}`;
      return differ(kind, path || "person", {
        expected: expected.join(" or ") || NOTHING,
        found: `${found ?? NOTHING}, ${where}`,
        next: NEXT[kind],
      });
    });
    return [...this.#others, ...fields];
  }

  #note(finding: FieldFinding, first: Seen["first"]): void {
    const key = `${finding.kind} ${finding.path} ${finding.found}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined) seen.rows++;
    else this.#seen.set(key, { finding, first, rows: 1 });
  }

  /** Reads a page as the API sends it, a bare list of people, or one person. */
  #read(label: string, text: string): { info?: unknown; people: readonly unknown[] } | undefined {
    const unreadable = (expected: string, found: string): undefined => {
      const next = { code: "page_unreadable" } as const;
      this.#others.push(differ("unreadable", label, { expected, found, next }));
    };
    const body = parseJson(text);
    if (body === undefined) return unreadable("JSON", "something else");
    if (Array.isArray(body)) return { people: body };
    const type = jsonType(body);
    const page = type === "object" ? body as Readonly<Record<string, unknown>> : {};
    if (Array.isArray(page["results"])) return { info: page["info"], people: page["results"] };
    if ("name" in page && "nat" in page) return { people: [body] };
    const keys = Object.keys(page).slice(0, 5);
    const found = keys.length === 0 ? type : `${type} of ${keys.join(", ")}`;
    return unreadable("a list of results", found);
  }

  #version(label: string, info: unknown): ApiVersion {
    const version = (info as { version?: unknown } | null | undefined)?.version ?? DEFAULT_VERSION;
    const known = API_VERSIONS.find((one) => one === version);
    if (known !== undefined) return known;
    if (typeof version === "string" && !this.#others.some(({ kind }) => kind === "version")) {
      const next = { code: "version_unknown", version: DEFAULT_VERSION } as const;
      const texts = { expected: API_VERSIONS.join(" or "), found: `${version}, first in ${label}` };
      this.#others.push(differ("version", "info.version", { ...texts, next }));
    }
    return DEFAULT_VERSION;
  }
}
