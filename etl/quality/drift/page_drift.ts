// Compares API pages with the schema: added, missing and retyped fields, each with its first page
// and row.
import { number, plural } from "../../common/counts.ts";
import type { NextStep } from "../../common/next_step.ts";
import { API_VERSIONS, type ApiVersion, DEFAULT_VERSION } from "../../../schema/mod.ts";
import { type Difference, NOTHING } from "./difference.ts";
import { type FieldFinding, findFields, INFO_FIELD, jsonType, PERSON_FIELDS } from "./fields.ts";

interface Content {
  readonly info?: unknown;
  readonly people: readonly unknown[];
}

interface Seen {
  readonly finding: FieldFinding;
  /** The first page with the difference; rows count from 0. */
  readonly page: string;
  readonly row: number | undefined;
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
      for (const finding of findFields(info, INFO_FIELD, "info")) this.#note(finding, { label });
    }
    for (const [row, person] of people.entries()) {
      this.counts.people++;
      for (const finding of findFields(person, PERSON_FIELDS[version])) {
        this.#note(finding, { label, row });
      }
    }
  }

  differences(): Difference[] {
    const fields = [...this.#seen.values()].map(({ finding, page, row, rows }): Difference => {
      const { kind, path, expected, found } = finding;
      const people = plural(rows, "person", "people");
      const where = row === undefined
        ? `first in ${page}`
        : `first in ${page}, row ${row}; ${people} of ${number(this.counts.people)}`;
      return {
        kind,
        place: path || "person",
        expected: expected.join(" or ") || NOTHING,
        found: `${found ?? NOTHING}, ${where}`,
        next: NEXT[kind],
      };
    });
    return [...this.#others, ...fields];
  }

  #note(finding: FieldFinding, { label, row }: { label: string; row?: number }): void {
    const key = `${finding.kind} ${finding.path} ${finding.found}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined) seen.rows++;
    else this.#seen.set(key, { finding, page: label, row, rows: 1 });
  }

  /** Reads a page as the API sends it, a bare list of people, or one person. */
  #read(label: string, text: string): Content | undefined {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return this.#unusable({ label, expected: "JSON", found: "something else" });
    }
    if (Array.isArray(body)) return { people: body };
    if (jsonType(body) === "object") {
      const page = body as Readonly<Record<string, unknown>>;
      if (Array.isArray(page["results"])) return { info: page["info"], people: page["results"] };
      if ("name" in page && "nat" in page) return { people: [body] };
    }
    const keys = jsonType(body) === "object" ? Object.keys(body as object).slice(0, 5) : [];
    const found = `${jsonType(body)}${keys.length === 0 ? "" : ` of ${keys.join(", ")}`}`;
    return this.#unusable({ label, expected: "a list of results", found });
  }

  #unusable(
    { label, expected, found }: { label: string; expected: string; found: string },
  ): undefined {
    const next = { code: "page_unreadable" } as const;
    this.#others.push({ kind: "unreadable", place: label, expected, found, next });
  }

  #version(label: string, info: unknown): ApiVersion {
    const version = (info as { version?: unknown } | null | undefined)?.version ?? DEFAULT_VERSION;
    const known = API_VERSIONS.find((one) => one === version);
    if (known !== undefined) return known;
    const kind = "version";
    if (typeof version === "string" && !this.#others.some((one) => one.kind === kind)) {
      this.#others.push({
        kind,
        place: "info.version",
        expected: API_VERSIONS.join(" or "),
        found: `${version}, first in ${label}`,
        next: { code: "version_unknown", version: DEFAULT_VERSION },
      });
    }
    return DEFAULT_VERSION;
  }
}
