import type { ApiVersion } from "../../../schema/mod.ts";
import { lineMiddle, lineStart, type PageOfLine } from "../../extract/landed/landed.ts";
import { ByteBuffer } from "../../common/utf8.ts";
import { PersonFields } from "../../transform/validate/fields.ts";
import { type Failure, failuresOf } from "../../transform/validate/person.ts";
import { redact, writeRedacted } from "../../transform/validate/redact.ts";
import { RULES_VERSION } from "../../transform/validate/rules_version.ts";

export interface PageLines {
  /** The lines; valid until the next page. */
  readonly bytes: Uint8Array;
  readonly results: number;
}

/** The JSON escape of an unpaired surrogate. */
const HALF = /\\ud[89a-f]/i;

const HALVES = /\p{Surrogate}/gu;

// Unpaired surrogates break JSON parsers; a control character instead makes the same reject.
function personText(person: unknown, version: ApiVersion): string {
  const redacted = redact(person, version);
  const text = JSON.stringify(redacted);
  if (!HALF.test(text)) return text;
  return JSON.stringify(
    redacted,
    (_, value) => typeof value === "string" ? value.replace(HALVES, "\u0001") : value,
  );
}

/** Writes the people of pages as redacted JSON, each with the verdict. */
export class PageWriter {
  readonly #people = new ByteBuffer(1 << 16);
  readonly #lines = new ByteBuffer(1 << 16);
  #ends: number[] = [];
  /** The first failed rule of each invalid person, by position. */
  readonly #failed = new Map<number, Failure>();

  add(person: unknown, version: ApiVersion): void {
    const failures = failuresOf(person, version);
    if (failures) this.#failed.set(this.#ends.length, failures[0]);
    if (person instanceof PersonFields) writeRedacted(person, this.#people);
    else this.#people.text(personText(person, version));
    this.#ends.push(this.#people.size);
  }

  /** Returns the page as lines, each with the facts of the page; starts the next page. */
  take(page: Omit<PageOfLine, "results" | "schema">): PageLines {
    const schema = RULES_VERSION;
    const lines = this.#lines;
    const results = this.#ends.length;
    const start = new TextEncoder().encode(lineStart({ ...page, schema, results }));
    lines.clear();
    let from = 0;
    for (const [row, end] of this.#ends.entries()) {
      lines.few(start);
      lines.text(`${row}${lineMiddle({ schema }, this.#failed.get(row))}`);
      lines.bytes(this.#people.memory.subarray(from, end));
      lines.text("}\n");
      from = end;
    }
    if (results === 0) {
      lines.few(start);
      lines.text("0}\n");
    }
    this.#people.clear();
    this.#ends = [];
    this.#failed.clear();
    return { bytes: lines.written, results };
  }
}
