import { typedFolder, typedPath } from "../common/path.ts";
import { ENGINES } from "../query/options.ts";
import { refuse, type Terminal } from "./command.ts";
import { urlOption } from "./database_url.ts";

type Parsers<T> = Readonly<Record<string, (text: string) => T>>;

/** Builds an option with a parser and a placeholder: `custom({ N: wholeNumber(1) }, "…")`. */
export function custom<T, const More extends object = Record<never, never>>(
  value: Parsers<T>,
  description: string,
  more?: More,
) {
  const [[metavar, parse]] = Object.entries(value) as [[string, (text: string) => T]];
  return { type: "custom", parse, metavar, description, ...more as NoInfer<More> } as const;
}

export function text(metavar: string, description: string) {
  return { type: "string", metavar, description } as const;
}

export function flag(description: string) {
  return { type: "boolean", description } as const;
}

export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  return (text) => {
    if (!/^\d+$/.test(text) || Number(text) < min || Number(text) > max) {
      throw new RangeError(`it should be a whole number, ${range}, not ${JSON.stringify(text)}`);
    }
    return Number(text);
  };
}

/** Parses a path, one of some words, `-`, a URL, JSON, or `@` and the path of a secret file. */
export function pathOr(...words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text) || /^(-$|\{|[\w+.-]{2,}:\/\/)/.test(text)) return text;
    return text.startsWith("@") ? `@${typedPath(text.slice(1))}` : typedPath(text);
  };
}

const folder = (description: string) =>
  custom({ DIR: typedFolder }, description, { default: "data" });

export const DATA = folder("Folder of the dataset");

export const OUT = folder("Folder of the dataset: data or a folder below it");

export const DATABASE = custom(
  { "URL|@FILE": urlOption },
  "postgres://… or mysql://… without a password, or a file with the URL (default: DEBR_DATABASE_URL)",
);

/** A database to dump or to restore into; the environment cannot name it. */
export const dumpedDatabase = (what: string) =>
  custom(
    { "URL|@FILE|env": urlOption },
    `${what}: a URL without a password, a file with the URL, or env for DEBR_DATABASE_URL`,
  );

export const engine = (description: string) =>
  ({ type: "enum", choices: ENGINES, default: "wasm", description }) as const;

export const JSON_OUTPUT = flag("Print the result as JSON to stdout");

export const LOG = {
  type: "enum",
  choices: ["text", "json"],
  description: "Write log events to stderr, one per line, instead of the progress bar",
} as const;

const parseSource = pathOr("api", "sample", "synthetic");

export const source = (description: string) =>
  custom({ SOURCE: parseSource }, description, { multiple: true });

export const PATH = text(
  "KEY.KEY",
  "Path of the people inside other JSON, such as data.results",
);

/** The placeholder for sources as arguments, which a shell makes from a glob. */
export const FILES = "[FILE...]";

export const STDIN = "-";

/** The versions of the API; the schema, which has them too, would slow `--help`. */
export const apiVersion = (description: string) =>
  ({ type: "enum", choices: ["1.3", "1.4"], description }) as const;

/** Seconds that the default timeout allows for faults, in addition to the time for fetching. */
export const PATIENCE = 600;

/** The maximum delay of a timer, in seconds. */
const MOST_SECONDS = 2_000_000;

export const REQUEST = {
  results: custom({ N: wholeNumber(1) }, "People to fetch (default: 1000)"),
  pageSize: custom(
    { N: wholeNumber(1) },
    "People per page, at most 5000; the size changes which people the API returns (default: as many as possible)",
  ),
  seed: text(
    "TEXT",
    "Text for which the API always returns the same people (default: the API chooses one)",
  ),
  nat: custom(
    { CODES: (text) => text.toUpperCase().split(",") },
    "Only these nationalities (default: all)",
  ),
  gender: {
    type: "enum",
    choices: ["female", "male"],
    description: "Only this gender; the API supports it for one page without a seed",
  },
  apiVersion: apiVersion("Version of the API (default: 1.4)"),
  source: source(
    "api, sample, synthetic, or saved responses: a file, a folder, a quoted glob, - for stdin; repeatable (default: api)",
  ),
  path: PATH,
  api: text("URL", "Address of the API (default: https://randomuser.me/api)"),
  rate: custom(
    { PEOPLE: wholeNumber(0) },
    "Maximum number of people in 5 minutes, 0 for no limit (default: 20000 for randomuser.me, otherwise no limit)",
  ),
  timeout: custom(
    { SECONDS: wholeNumber(1, MOST_SECONDS) },
    "Stop fetching after this time (default: 10 minutes plus twice the estimate of --dry-run)",
  ),
} as const;

export function sourcesOf(
  options: readonly string[] | undefined,
  positionals: readonly string[],
): string[] {
  return [...options ?? [], ...positionals.map(parseSource)];
}

export function withSources<V extends { readonly source?: string[] | undefined }>(
  values: V,
  positionals: readonly string[],
): V {
  const source = sourcesOf(values.source, positionals);
  return source.length === 0 ? values : { ...values, source };
}

/** Returns stdin if a source reads it. Throws a `UsageError` if nothing is piped in. */
export function inputOf(sources: readonly string[], { input, isTerminal }: Terminal) {
  if (!sources.includes(STDIN)) return {};
  if (isTerminal.in) {
    throw refuse(
      "Cannot read stdin: it is the keyboard",
      "Pipe answers in: curl https://randomuser.me/api/ | deno task extract --source -",
    );
  }
  return { input: input as ReadableStream<Uint8Array<ArrayBuffer>> };
}
