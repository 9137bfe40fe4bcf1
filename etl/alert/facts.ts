// Takes only what may leave the organisation: counts, expectation names, a message without values.
import { EXIT } from "../common/errors.ts";

export interface Facts {
  readonly status?: number;
  readonly reason?: string;
  readonly next?: string;
  readonly counts: readonly (readonly [string, number])[];
  readonly failed: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** The most fields that a Slack block can have. */
const MOST_COUNTS = 10;

/** Numbers in a summary that are not about the data. */
const NO_COUNTS = /^(status|seconds|at)$/;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Removes addresses, ids, long numbers and credentials. */
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

/** Removes quoted values: servers quote the values that they reject. */
export function withoutValues(text: string): string {
  const unquoted = text
    .replace(/=\([^)]*\)/g, "=(…)")
    .replace(/"[^"]*"|(?<!\w)'[^']*'(?!\w)|`[^`]*`/g, "…");
  return withoutPersonal(unquoted);
}

function figuresOf(value: Json, prefix = ""): [string, number][] {
  return Object.entries(value).flatMap(([name, inner]): [string, number][] => {
    // Names may come from custom JSON, so only plain names are kept.
    if (!/^[a-z]\w{0,30}$/i.test(name) || NO_COUNTS.test(name)) return [];
    if (typeof inner === "number" && Number.isFinite(inner)) return [[prefix + name, inner]];
    return isObject(inner) && prefix.split(" ").length < 3
      ? figuresOf(inner, `${prefix}${name} `)
      : [];
  });
}

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

/** Parses the last JSON object in the output of a command. */
export function parseSummary(text: string): Json | undefined {
  for (const candidate of [text, ...text.split("\n").reverse()]) {
    try {
      const value = JSON.parse(candidate);
      if (isObject(value)) return value;
    } catch {
      // An earlier line may be the summary.
    }
  }
  return undefined;
}

export function factsOf(summary: Json): Facts {
  const error = isObject(summary["error"]) ? summary["error"] : {};
  const status = error["status"] ?? summary["status"];
  const said = textOf(error["message"]);
  // A usage error quotes only the command line, which holds no personal data.
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
