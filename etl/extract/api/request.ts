import { number, peopleCount } from "../../common/counts.ts";
import {
  API_VERSIONS,
  type ApiVersion,
  DEFAULT_VERSION,
  LIMITS,
  NATIONALITIES,
  type Nationality,
} from "../../../schema/mod.ts";
import { UsageError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import { PUBLIC_RATE } from "./budget.ts";

/** Address of the public API. */
export const PUBLIC_API = "https://randomuser.me/api";

/** Options of a request. */
export interface RandomUserOptions {
  /** Address of the API without version, default {@link PUBLIC_API}. */
  readonly api?: string;
  /** Version of the API, default 1.4. */
  readonly version?: ApiVersion;
  /** Identifies a fixed set of people; without it the API chooses a seed for all pages. */
  readonly seed?: string;
  /** Nationalities to draw from, default all. */
  readonly nat?: readonly Nationality[];
  /** Only this gender. */
  readonly gender?: "female" | "male";
  /** People per page, 1 to 5,000, default 5,000. Another size returns other people. */
  readonly pageSize?: number;
  /** People per 5 minutes, 0 for no limit; default 20,000 for the public API, none for others. */
  readonly rate?: number;
}

/** Checked options with defaults; filters that were not given are `undefined`. */
export type PageRequest =
  & Required<Pick<RandomUserOptions, "api" | "version" | "pageSize" | "rate">>
  & { readonly [F in "seed" | "nat" | "gender"]: RandomUserOptions[F] | undefined };

/** The API reads the last two characters of a seed of this length as a nationality, or fails. */
const TREACHEROUS_LENGTH = 18;

function refuse(message: string, next: string | NextStep): never {
  throw new UsageError(message, { step: "request", next });
}

function checkedApi(api: string): string {
  const url = URL.parse(api);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    refuse(`Cannot use ${JSON.stringify(api)} as API address`, "Give it as http://host:port/api");
  }
  if (url.username !== "" || url.password !== "") {
    refuse("Cannot use an API address that holds a user name or password", "Leave them out");
  }
  if (url.search !== "" || url.hash !== "") {
    refuse(
      `Cannot use an API address with ${url.search || url.hash}`,
      "Give seed, nat and the like as options",
    );
  }
  return api.replace(/\/+$/, "");
}

function checkNat(version: ApiVersion, nat: readonly string[]): void {
  if (nat.length === 0 || nat.includes("")) {
    refuse(
      "Cannot ask for an empty nationality: the API fails, or returns all",
      "Leave out the extra comma: us,gb",
    );
  }
  const spaced = nat.find((code) => /\s/.test(code));
  if (spaced !== undefined) {
    refuse(
      `Cannot ask for nationality ${JSON.stringify(spaced)}: with a space the API returns all`,
      "Separate them by commas and no spaces: us,gb",
    );
  }
  const unknown = nat.find((code) => !NATIONALITIES[version].some((known) => known === code));
  if (unknown !== undefined) {
    refuse(
      `Cannot ask version ${version} for nationality ${JSON.stringify(unknown)}: ` +
        "the API then returns all",
      `Use some of ${NATIONALITIES[version].join(", ").toLowerCase()}, comma-separated, no spaces`,
    );
  }
}

function checkSeed(seed: string): void {
  if (seed === "") refuse("Cannot use an empty seed", { code: "seed_empty" });
  if (seed.length === TREACHEROUS_LENGTH) {
    refuse(
      `Cannot use a seed of ${TREACHEROUS_LENGTH} characters: the API reads its last two as a ` +
        "nationality, or fails",
      { code: "seed_misread", seed: seed.slice(0, -1) },
    );
  }
}

/** Throws a `UsageError` on options that the API would change silently. */
export function checkPeople(options: Omit<RandomUserOptions, "api" | "rate">): void {
  const { version = DEFAULT_VERSION, pageSize = LIMITS.pageSize, seed, nat } = options;
  if (!API_VERSIONS.includes(version)) {
    refuse(`Cannot read API version ${version}`, `Use one of ${API_VERSIONS.join(", ")}`);
  }
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > LIMITS.pageSize) {
    refuse(
      `Cannot ask for pages of ${pageSize}: the API then returns 1 person`,
      `Use a whole number from 1 to ${LIMITS.pageSize}; more people are split into pages`,
    );
  }
  if (seed !== undefined) checkSeed(seed);
  if (nat !== undefined) checkNat(version, nat);
}

export function pageRequest(options: RandomUserOptions): PageRequest {
  checkPeople(options);
  const { version = DEFAULT_VERSION, pageSize = LIMITS.pageSize, seed, nat, gender } = options;
  if (gender !== undefined && seed !== undefined) {
    refuse(
      "Cannot ask for a gender together with a seed: the API then ignores the gender",
      "Leave one of them out; query picks a gender: where gender = 'female'",
    );
  }
  const api = checkedApi(options.api ?? PUBLIC_API);
  const isPublic = /(^|\.)randomuser\.me$/.test(new URL(api).hostname);
  const rate = options.rate ?? (isPublic ? PUBLIC_RATE : 0);
  if (rate !== 0 && rate < pageSize) {
    const message = `Cannot fetch pages of ${pageSize} at ${peopleCount(rate)} in 5 minutes`;
    refuse(message, { code: "page_over_rate", rate });
  }
  return { api, version, seed, nat, gender, pageSize, rate };
}

/** Throws a `UsageError` if these options cannot return this number of people. */
export function checkResults(
  { pageSize, gender }: Pick<PageRequest, "pageSize" | "gender">,
  results: number,
): void {
  if (!Number.isSafeInteger(results) || results < 1) {
    refuse(`Cannot ask for ${results} people`, "Use a whole number, 1 or more");
  }
  const pages = Math.ceil(results / pageSize);
  if (gender !== undefined && pages > 1) {
    refuse(
      `Cannot ask for a gender on ${pages} pages: the pages after the first need the seed, ` +
        "with which the API ignores the gender",
      { code: "gender_on_pages", pageSize },
    );
  }
  if (pages > LIMITS.pages) {
    const [asked, most, people] = [pages, LIMITS.pages, LIMITS.pages * LIMITS.pageSize]
      .map((count) => number(count));
    refuse(
      `Cannot fetch ${asked} pages: the API has ${most} of a seed, and returns page 1 for others`,
      pageSize < LIMITS.pageSize
        ? { code: "pages_too_small", pageSize: LIMITS.pageSize, people: `${people}` }
        : { code: "too_many_people", people: `${people}` },
    );
  }
}

/** Throws a `UsageError` for a page number that the API would replace by 1. */
export function checkPageNumber(page: number): void {
  if (Number.isInteger(page) && page >= 1 && page <= LIMITS.pages) return;
  refuse(
    `Cannot ask for page ${page}: the API then returns page 1`,
    `Use a whole number from 1 to ${LIMITS.pages}`,
  );
}

export function pageUrl(request: PageRequest, page: { number: number; results: number }): string {
  const { api, version, seed, nat, gender } = request;
  const query = new URLSearchParams({ results: `${page.results}`, page: `${page.number}` });
  if (seed !== undefined) query.set("seed", seed);
  if (nat !== undefined) query.set("nat", nat.join(",").toLowerCase());
  if (gender !== undefined) query.set("gender", gender);
  return `${api}/${version}/?${query.toString().replaceAll("%2C", ",")}`;
}
