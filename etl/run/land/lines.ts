/**
 * The lines of a landed page: text that any reader of JSON takes.
 *
 * @module
 */
import type { ApiVersion } from "../../../schema/mod.ts";
import { type LandedLine, lineStart } from "../../extract/landed/landed.ts";
import { redact } from "../../transform/validate/redact.ts";

/** A page to be landed. */
export interface PageToLand extends Omit<LandedLine, "row" | "results" | "person"> {
  /** The people as {@link personText} writes them. */
  readonly people: readonly string[];
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
 * A person as JSON, without secrets. Half a surrogate pair has no UTF-8 and stops readers of JSON; a
 * control character in its place breaks the same rule and is shown the same in a reject.
 */
export function personText(person: unknown, version: ApiVersion): string {
  const redacted = redact(person, version);
  const text = JSON.stringify(redacted);
  if (!HALF.test(text)) return text;
  return JSON.stringify(
    redacted,
    (_, value) => typeof value === "string" ? value.replace(HALVES, "\u0001") : value,
  );
}

/** A page as lines of people, each with what is to be known of the page. */
export function pageLines(
  { people, run, source, seed, version, page, pages }: PageToLand,
): PageText {
  const results = people.length;
  const start = lineStart({ run, source, seed, version, page, pages, results });
  if (results === 0) return { text: `${start}0}\n`, results };
  const lines = people.map((person, row) => `${start}${row},"person":${person}}\n`);
  return { text: lines.join(""), results };
}
