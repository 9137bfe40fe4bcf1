// Options that select people, for every command with a source.
import type { ApiVersion, Nationality } from "../../schema/mod.ts";
import type { Wanted } from "../run/mod.ts";
import { custom, wholeNumber } from "./options.ts";
import { PATH, SOURCE, sourcesOf } from "./sources.ts";

/** Parses nationality codes in upper or lower case. */
function nationalities(text: string): string[] {
  return text.split(",").map((nat) => nat.toUpperCase());
}

/** The maximum of a timer. */
const MOST_SECONDS = 2_000_000;

/** The default time for faults in seconds, in addition to the time that fetching takes. */
export const PATIENCE = 600;

/** Options that select people and limit the time to fetch them. */
export const REQUEST = {
  results: custom({ N: wholeNumber(1) }, "People to fetch (default: 1000)"),
  pageSize: custom(
    { N: wholeNumber(1) },
    "People on each page, at most 5000; other sizes give other people (default: as many as fit)",
  ),
  seed: {
    type: "string",
    metavar: "TEXT",
    description: "Name of a fixed set of people (default: the API chooses one)",
  },
  nat: custom({ CODES: nationalities }, "Only these nationalities (default: all)"),
  gender: {
    type: "enum",
    choices: ["female", "male"],
    description: "Only this gender; from the API on a single page, without a seed",
  },
  apiVersion: {
    type: "enum",
    choices: ["1.3", "1.4"],
    description: "Version of the API (default: 1.4)",
  },
  source: SOURCE,
  path: PATH,
  api: {
    type: "string",
    metavar: "URL",
    description: "Address of the API (default: https://randomuser.me/api)",
  },
  rate: custom(
    { PEOPLE: wholeNumber(0) },
    "People in 5 minutes, 0 for no limit (default: 20000 from randomuser.me, else no limit)",
  ),
  timeout: custom(
    { SECONDS: wholeNumber(1, MOST_SECONDS) },
    "Give up fetching after this long (default: 10 minutes and twice what --dry-run says)",
  ),
} as const;

/** Parsed options; absent ones are `undefined`. */
interface Values {
  readonly source?: readonly string[] | undefined;
  readonly path?: string | undefined;
  readonly results?: number | undefined;
  readonly pageSize?: number | undefined;
  readonly seed?: string | undefined;
  readonly nat?: readonly string[] | undefined;
  readonly gender?: "female" | "male" | undefined;
  readonly apiVersion?: ApiVersion | undefined;
  readonly api?: string | undefined;
  readonly rate?: number | undefined;
}

/** Returns only the given options. Arguments are sources too. */
export function wanted(values: Values, positionals: readonly string[] = []): Wanted {
  const { path, results, pageSize, seed, nat, gender, apiVersion, api, rate } = values;
  const options = { path, results, pageSize, seed, nat, gender, version: apiVersion, api, rate };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const sources = sourcesOf(values.source, positionals);
  const source = sources.length > 1 ? sources : sources[0] ?? "api";
  return { source, ...Object.fromEntries(given) } as Wanted & {
    nat?: Nationality[];
    version?: ApiVersion;
  };
}
