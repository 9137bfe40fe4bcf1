// The API's responses.
import { type Info, LIMITS } from "../../schema/mod.ts";
import { syntheticPage } from "../extract/synthetic/mod.ts";
import type { ApiRequest } from "./request.ts";

/** Defects of the transmission. */
export interface Delivery {
  /** Milliseconds to wait before the first byte. */
  readonly wait?: number;
  /** Bytes of the body to send before stopping, never the last byte; by default half. */
  readonly cut?: number | "half";
  /** Milliseconds to wait in the middle of the body. */
  readonly stall?: number;
  /** Whether to reset the connection instead. */
  readonly reset?: boolean;
}

/** One answer of the API. */
export interface Answer {
  readonly status: number;
  readonly type: "application/json" | "text/html" | "text/plain";
  readonly body: string;
  /** Value of the header `Retry-After`. */
  readonly retryAfter?: string;
  readonly delivery?: Delivery;
}

export interface LoosePage {
  results: Record<string, unknown>[];
  info?: Info;
}

/** The response for unknown paths. */
export const NOT_FOUND: Answer = { status: 404, type: "text/plain", body: "Not Found" };

export function json(status: number, value: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

/** The response of a broken API, with any status. */
export function outage(status: number): Answer {
  return json(status, {
    error:
      "Uh oh, something has gone wrong. Please tweet us @randomapi about the issue. Thank you.",
  });
}

/** The response above the rate limit. */
export function rateLimited(users: number = 4 * LIMITS.pageSize): Answer {
  return json(429, {
    error: `Whoa, ease up there cowboy. You've requested ${users} users in the last minute. ` +
      "Help us keep this service free and spare some bandwidth for other users please :)",
  });
}

function loosePage(request: ApiRequest): LoosePage {
  const { results, info }: { results: LoosePage["results"]; info: Info } = JSON.parse(
    syntheticPage(request),
  );
  const { keeps } = request;
  return {
    results: keeps === undefined
      ? results
      : results.map((person) =>
        Object.fromEntries(Object.entries(person).filter(([field]) => keeps(field)))
      ),
    ...!request.noinfo && { info: { ...info, seed: request.namedSeed } },
  };
}

/** Whether the page needs no parser. */
function isPlain(request: ApiRequest): boolean {
  return request.keeps === undefined && !request.noinfo && request.namedSeed === request.seed;
}

/** Whether the API fails: it does so for German people if names are not requested. */
function breaksOverGermans(request: ApiRequest): boolean {
  return request.keeps?.("name") === false && syntheticPage(request).includes(`"nat":"DE"`);
}

/** The requested page as the API sends it, changed by `edit`. */
export function page(request: ApiRequest, edit?: (page: LoosePage) => void): Answer {
  if (request.breaks || breaksOverGermans(request)) return outage(500);
  let text: string;
  if (edit === undefined && isPlain(request)) {
    text = syntheticPage(request);
  } else {
    const loose = loosePage(request);
    edit?.(loose);
    text = JSON.stringify(loose);
  }
  const body = request.callback === undefined ? text : `${request.callback}(${text});`;
  return { status: 200, type: "application/json", body };
}
