// Parses addresses like the API, which ignores everything unknown.
import {
  API_VERSIONS,
  type ApiVersion,
  DEFAULT_VERSION,
  LIMITS,
  NATIONALITIES,
  type Nationality,
} from "../../schema/mod.ts";
import type { SyntheticRequest } from "../extract/synthetic/mod.ts";

/** The meaning of an address for the API. */
export interface ApiRequest extends SyntheticRequest {
  /** The seed in the response. */
  readonly namedSeed: string;
  /** The fields of each person; all by default. */
  readonly keeps?: (field: string) => boolean;
  readonly noinfo: boolean;
  readonly callback?: string;
  /** Whether the server fails on it. */
  readonly breaks: boolean;
}

function numberWithin(text: string | null, most: number): number {
  const number = Number(text);
  return /^\d+$/.test(text ?? "") && number >= 1 && number <= most ? number : 1;
}

function words(text: string | null): readonly string[] {
  return text === null ? [] : text.split(",");
}

function natOf(text: string | null, version: ApiVersion): readonly Nationality[] | undefined {
  const nats = words(text?.toUpperCase() ?? null) as readonly Nationality[];
  const known = nats.length > 0 && nats.every((nat) => NATIONALITIES[version].includes(nat));
  return known ? nats : undefined;
}

function keepsOf(
  inc: string | null,
  exc: string | null,
): Pick<ApiRequest, "keeps" | "fields"> {
  if (inc === null && exc === null) return {};
  const [included, excluded] = [words(inc), words(exc)];
  return {
    keeps: (field) => (inc === null || included.includes(field)) && !excluded.includes(field),
    fields: `${inc}|${exc}`,
  };
}

// Seeds of 18 characters end in a nationality: two hexadecimal digits, its position in the list.
function forcedNat(seed: string, version: ApiVersion): Nationality | "unknown" | undefined {
  if (seed.length !== 18) return undefined;
  const digits = seed.slice(-2);
  if (!/^[0-9a-f]{2}$/i.test(digits)) return "unknown";
  return NATIONALITIES[version][parseInt(digits, 16)] ?? "unknown";
}

/** The version in a path; `undefined` if the API returns 404. */
function versionOf(path: string): ApiVersion | undefined {
  const asked = /^\/api(?:\/([^/]*))?\/?$/.exec(path);
  if (asked === null) return undefined;
  return API_VERSIONS.find((version) => version === (asked[1] || DEFAULT_VERSION));
}

/** Parses an address; `undefined` if the API returns 404. */
export function apiRequest(url: URL, pickSeed: () => string): ApiRequest | undefined {
  const version = versionOf(url.pathname);
  if (version === undefined) return undefined;
  const query = url.searchParams;
  const seed = query.get("seed") || pickSeed();
  const gender = query.get("seed") ? null : query.get("gender");
  const forced = forcedNat(seed, version);
  const valid = forced !== undefined && forced !== "unknown";
  const nat = valid ? [forced] : natOf(query.get("nat"), version);
  const callback = query.get("callback");
  return {
    version,
    seed,
    namedSeed: valid ? seed + seed.slice(-2) : seed,
    results: numberWithin(query.get("results"), LIMITS.pageSize),
    page: numberWithin(query.get("page"), LIMITS.pages),
    ...nat && { nat },
    ...(gender === "female" || gender === "male") && { gender },
    ...keepsOf(query.get("inc"), query.get("exc")),
    noinfo: query.has("noinfo"),
    ...callback && { callback },
    breaks: forced === "unknown" || /^,+$/.test(query.get("nat") ?? ""),
  };
}
