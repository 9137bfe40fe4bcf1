/**
 * What is asked of the API: options, and the address of each page.
 *
 * @module
 */
import {
  API_VERSIONS,
  type ApiVersion,
  DEFAULT_VERSION,
  LIMITS,
  NATIONALITIES,
  type Nationality,
} from "../../schema/mod.ts";
import { UsageError } from "../errors.ts";

/** Where the public API answers. */
export const PUBLIC_API = "https://randomuser.me/api";

/** What to ask the API for. */
export interface RandomUserOptions {
  /** Address of the API without version, default {@link PUBLIC_API}. */
  readonly api?: string;
  /** Version of the API, default 1.4. */
  readonly version?: ApiVersion;
  /** Names a fixed set of people; without it the API chooses one, and the pages after it keep it. */
  readonly seed?: string;
  /** Nationalities to draw from, default all. */
  readonly nat?: readonly Nationality[];
  /** Only this gender. */
  readonly gender?: "female" | "male";
  /** People on each page, 1 to 5,000, default 5,000. It changes who the people are. */
  readonly pageSize?: number;
}

/** Options with defaults filled in and checked. */
export interface PageRequest {
  /** Address of the API without version. */
  readonly api: string;
  /** Version of the API. */
  readonly version: ApiVersion;
  /** Names a fixed set of people; the API chooses one where there is none. */
  readonly seed: string | undefined;
  /** Nationalities to draw from; all where there are none. */
  readonly nat: readonly Nationality[] | undefined;
  /** Only this gender. */
  readonly gender: "female" | "male" | undefined;
  /** People on each page, 1 to 5,000. */
  readonly pageSize: number;
}

function refuse(message: string, next: string): never {
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

/** Fills in defaults. Throws a `UsageError` on what the API would silently answer differently. */
export function pageRequest(options: RandomUserOptions): PageRequest {
  const { version = DEFAULT_VERSION, pageSize = LIMITS.pageSize, seed, nat, gender } = options;
  if (!API_VERSIONS.includes(version)) {
    refuse(`Cannot read API version ${version}`, `Use one of ${API_VERSIONS.join(", ")}`);
  }
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > LIMITS.pageSize) {
    refuse(
      `Cannot ask for pages of ${pageSize}: the API then answers with 1 person`,
      `Use a whole number from 1 to ${LIMITS.pageSize}`,
    );
  }
  if (seed === "") refuse("Cannot use an empty seed", "Leave --seed out to let the API choose");
  const unknown = nat?.find((code) => !NATIONALITIES[version].includes(code));
  if (unknown !== undefined || nat?.length === 0) {
    refuse(
      `Cannot ask version ${version} for nationality ${JSON.stringify(unknown ?? "")}: ` +
        "the API then answers with all",
      `Use some of ${NATIONALITIES[version].join(", ").toLowerCase()}, comma-separated, no spaces`,
    );
  }
  const api = checkedApi(options.api ?? PUBLIC_API);
  return { api, version, seed, nat, gender, pageSize };
}

/** The address of one page, with so many people on it. */
export function pageUrl(request: PageRequest, page: { number: number; results: number }): string {
  const { api, version, seed, nat, gender } = request;
  const query = new URLSearchParams({ results: `${page.results}`, page: `${page.number}` });
  if (seed !== undefined) query.set("seed", seed);
  if (nat !== undefined) query.set("nat", nat.join(",").toLowerCase());
  if (gender !== undefined) query.set("gender", gender);
  return `${api}/${version}/?${query.toString().replaceAll("%2C", ",")}`;
}
