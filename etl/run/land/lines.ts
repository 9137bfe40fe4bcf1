// The lines of a landed page, readable by any JSON parser.
import type { ApiVersion } from "../../../schema/mod.ts";
import { type LandedLine, lineStart } from "../../extract/landed/landed.ts";
import { ByteBuffer } from "../../common/utf8.ts";
import { PersonFields } from "../../transform/validate/fields.ts";
import { redact, writeRedacted } from "../../transform/validate/redact.ts";

export interface PageLines {
  /** Valid until the next page. */
  readonly bytes: Uint8Array;
  readonly results: number;
}

/** The JSON escape of half a surrogate pair. */
const HALF = /\\ud[89a-f]/i;

const HALVES = /\p{Surrogate}/gu;

// A person as redacted JSON. Half a surrogate pair has no UTF-8 and breaks JSON parsers; a control
// character breaks the same rule and looks the same in a reject.
function personText(person: unknown, version: ApiVersion): string {
  const redacted = redact(person, version);
  const text = JSON.stringify(redacted);
  if (!HALF.test(text)) return text;
  return JSON.stringify(
    redacted,
    (_, value) => typeof value === "string" ? value.replace(HALVES, "\u0001") : value,
  );
}

/** Writes the people of one page after the other as redacted JSON. */
export class PageWriter {
  readonly #people = new ByteBuffer(1 << 16);
  readonly #lines = new ByteBuffer(1 << 16);
  #ends: number[] = [];

  add(person: unknown, version: ApiVersion): void {
    if (person instanceof PersonFields) writeRedacted(person, this.#people);
    else this.#people.text(personText(person, version));
    this.#ends.push(this.#people.size);
  }

  /** The page as lines, each with the page's facts; starts the next page. */
  take(page: Omit<LandedLine, "row" | "results" | "person">): PageLines {
    const lines = this.#lines;
    const results = this.#ends.length;
    const start = new TextEncoder().encode(lineStart({ ...page, results }));
    lines.clear();
    let from = 0;
    for (const [row, end] of this.#ends.entries()) {
      lines.few(start);
      lines.text(`${row},"person":`);
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
    return { bytes: lines.written, results };
  }
}
