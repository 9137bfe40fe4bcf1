/**
 * The lines of a landed page: text that any reader of JSON takes.
 *
 * @module
 */
import type { LandedLine } from "../../extract/files/landed.ts";
import { redact } from "../../transform/validate/redact.ts";

/** A page to be landed. */
interface PageToLand extends Omit<LandedLine, "row" | "results" | "person"> {
  readonly people: Iterable<unknown>;
}

/** The lines of a page. */
export interface PageText {
  readonly text: string;
  /** People on it. */
  readonly results: number;
}

/** Written in JSON, half a surrogate pair begins so. */
const HALF = /\\ud[89a-f]/i;

const HALVES = /\p{Surrogate}/gu;

/**
 * A person as JSON. Half a surrogate pair has no UTF-8 and stops readers of JSON; a control
 * character in its place breaks the same rule and is shown the same in a reject.
 */
function personText(person: unknown): string {
  const text = JSON.stringify(person);
  if (!HALF.test(text)) return text;
  return JSON.stringify(
    person,
    (_, value) => typeof value === "string" ? value.replace(HALVES, "\u0001") : value,
  );
}

/** A page as lines of redacted people, each with what is to be known of the page. */
export function pageLines(
  { people, run, source, seed, version, page, pages }: PageToLand,
): PageText {
  const texts = Array.from(people, (person) => personText(redact(person, version)));
  const results = texts.length;
  const of = JSON.stringify({ run, source, seed, version, page, pages, results }).slice(0, -1);
  if (results === 0) return { text: `${of},"row":0}\n`, results };
  const lines = texts.map((person, row) => `${of},"row":${row},"person":${person}}\n`);
  return { text: lines.join(""), results };
}
