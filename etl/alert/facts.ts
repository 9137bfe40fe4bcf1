// What an alert may say of a command's JSON summary: counts, names of expectations and the error's
// sentence with every quoted or personal-looking value taken out. An alert leaves the house, so
// nothing else of the summary is let through.
import { EXIT } from "../common/errors.ts";

/** What a summary says. */
export interface Facts {
  /** The exit status, where the summary has it. */
  readonly status?: number;
  /** The error's sentence, without values. */
  readonly reason?: string;
  /** What the command itself says to do next. */
  readonly next?: string;
  /** Figures by name, in the summary's order. */
  readonly counts: readonly (readonly [string, number])[];
  /** Names of expectations that failed. */
  readonly failed: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Most figures in an alert: what one block of Slack holds. */
const MOST_COUNTS = 10;

/** Figures that say nothing of the data. */
const NO_COUNTS = /^(status|seconds|at)$/;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text without what looks like a person's: addresses, ids, long numbers; and no credentials. */
function withoutPersonal(text: string): string {
  return text
    .replace(/\b([a-z]+:\/\/)[^\s/@]*@/gi, "$1")
    .replace(/[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+/g, "…")
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "…")
    .replace(
      /\+?\(?\d+\)?([-\s()]+\d+)+/g,
      (found) => found.replace(/\D/g, "").length < 7 ? found : "…",
    );
}

/** A sentence without values: servers quote what they refuse. */
export function withoutValues(text: string): string {
  const unquoted = text
    .replace(/=\([^)]*\)/g, "=(…)")
    .replace(/"[^"]*"|(?<!\w)'[^']*'(?!\w)|`[^`]*`/g, "…");
  return withoutPersonal(unquoted);
}

function figuresOf(value: Json, prefix = ""): [string, number][] {
  return Object.entries(value).flatMap(([name, inner]): [string, number][] => {
    // A name is a column of ours, or of somebody's JSON: only plain ones are let through.
    if (!/^[a-z]\w{0,30}$/i.test(name) || NO_COUNTS.test(name)) return [];
    if (typeof inner === "number" && Number.isFinite(inner)) return [[prefix + name, inner]];
    return isObject(inner) && prefix.split(" ").length < 3
      ? figuresOf(inner, `${prefix}${name} `)
      : [];
  });
}

/** The figures that matter most first: what was rejected or failed, then in the summary's order. */
function countsOf(summary: Json): [string, number][] {
  const { error: _error, request: _request, ...others } = summary;
  const figures = figuresOf(others).filter(([name]) => !/ bytes$/.test(name));
  const weight = ([name, value]: [string, number]) =>
    value > 0 && /reject|fail|fault|broken|missing/.test(name) ? 0 : value > 0 ? 1 : 2;
  return figures.toSorted((a, b) => weight(a) - weight(b)).slice(0, MOST_COUNTS);
}

function failedOf({ expectations }: Json): string[] {
  if (!Array.isArray(expectations)) return [];
  return expectations.filter(isObject)
    .filter(({ verdict, severity }) =>
      verdict === "broken" || verdict === "failed" && severity === "error"
    )
    .map(({ name }) => name)
    .filter((name) => typeof name === "string" && /^[\w.-]{1,120}$/.test(name)) as string[];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The last JSON object in what a command printed; `undefined` where there is none. */
export function parseSummary(text: string): Json | undefined {
  for (const candidate of [text, ...text.split("\n").reverse()]) {
    try {
      const value = JSON.parse(candidate);
      if (isObject(value)) return value;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** What an alert may say of a summary. */
export function factsOf(summary: Json): Facts {
  const error = isObject(summary["error"]) ? summary["error"] : {};
  const status = error["status"] ?? summary["status"];
  const said = textOf(error["message"]);
  // What the command line held is no person's, and says which option to mend.
  const reason = said !== undefined && status !== EXIT.usage ? withoutValues(said) : said;
  const next = textOf(error["next"]);
  return {
    ...(Number.isInteger(status) && { status: status as number }),
    ...(reason !== undefined && { reason }),
    ...(next !== undefined && { next: withoutPersonal(next) }),
    counts: countsOf(summary),
    failed: failedOf(summary),
  };
}
