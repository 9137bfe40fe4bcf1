// Reads addresses like the API, which ignores everything unknown, and makes its answers.
import {
  API_VERSIONS,
  type ApiVersion,
  DEFAULT_VERSION,
  type Info,
  LIMITS,
  NATIONALITIES,
  type Nationality,
} from "../../schema/mod.ts";
import { syntheticPage, type SyntheticRequest } from "../extract/synthetic/mod.ts";

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

function natOf(text: string | null, version: ApiVersion): readonly Nationality[] | undefined {
  const nats = text?.toUpperCase().split(",") as readonly Nationality[] | undefined;
  return nats?.every((nat) => NATIONALITIES[version].includes(nat)) ? nats : undefined;
}

function keepsOf(inc: string | null, exc: string | null): Pick<ApiRequest, "keeps" | "fields"> {
  if (inc === null && exc === null) return {};
  const [included, excluded] = [inc?.split(","), exc?.split(",")];
  return {
    keeps: (field) => included?.includes(field) !== false && !excluded?.includes(field),
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

export interface Answer {
  readonly status: number;
  readonly type: "application/json" | "text/html" | "text/plain";
  readonly body: string;
  readonly retryAfter?: string;
  readonly delivery?: {
    /** Milliseconds to wait before the first byte. */
    readonly wait?: number;
    /** Bytes of the body to send before stopping, never the last byte; by default half. */
    readonly cut?: number | "half";
    /** Milliseconds to wait in the middle of the body. */
    readonly stall?: number;
    readonly reset?: boolean;
  };
}

export interface LoosePage {
  results: Record<string, unknown>[];
  info?: Info;
}

export const NOT_FOUND: Answer = { status: 404, type: "text/plain", body: "Not Found" };

export function json(status: number, value: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

export function outage(status: number): Answer {
  return json(status, {
    error:
      "Uh oh, something has gone wrong. Please tweet us @randomapi about the issue. Thank you.",
  });
}

export function rateLimited(users: number = 4 * LIMITS.pageSize): Answer {
  return json(429, {
    error: `Whoa, ease up there cowboy. You've requested ${users} users in the last minute. ` +
      "Help us keep this service free and spare some bandwidth for other users please :)",
  });
}

function loosePage({ keeps, noinfo, namedSeed }: ApiRequest, text: string): LoosePage {
  const { results, info }: Required<LoosePage> = JSON.parse(text);
  return {
    results: results.map((person) =>
      Object.fromEntries(Object.entries(person).filter(([field]) => keeps?.(field) ?? true))
    ),
    ...!noinfo && { info: { ...info, seed: namedSeed } },
  };
}

export function page(request: ApiRequest, edit?: (page: LoosePage) => void): Answer {
  const { keeps, noinfo, seed, namedSeed, callback } = request;
  let text = syntheticPage(request);
  // The API fails for German people if names are not requested.
  if (request.breaks || keeps?.("name") === false && text.includes(`"nat":"DE"`)) {
    return outage(500);
  }
  if (edit !== undefined || keeps !== undefined || noinfo || namedSeed !== seed) {
    const loose = loosePage(request, text);
    edit?.(loose);
    text = JSON.stringify(loose);
  }
  const body = callback === undefined ? text : `${callback}(${text});`;
  return { status: 200, type: "application/json", body };
}
