import { UsageError } from "../common/errors.ts";
import { PUBLIC_RATE, WINDOW } from "../extract/api/budget.ts";
import { hashKey } from "../extract/synthetic/mod.ts";
import { type Answer, type ApiRequest, apiRequest, NOT_FOUND, page, rateLimited } from "./api.ts";
import { type Fault, parseFault } from "./faults.ts";

/** The users and the length of a window. */
export interface LimitOptions {
  /** Users per window, 0 for no limit. The API allows 20,000. */
  readonly limit?: number;
  /** Length of a window in seconds. The API uses 300. */
  readonly window?: number;
}

/** The options of a router. */
export interface RouterOptions extends LimitOptions {
  /** Faults for every address, as `429:pages=3,times=2`; the first match answers. */
  readonly faults?: readonly string[];
}

export interface Routed {
  readonly answer: Answer;
  readonly request?: ApiRequest;
  readonly fault?: string;
}

/** Returns a rate limit; a window starts with the first request after the previous one. */
function userLimit({ limit = PUBLIC_RATE, window = WINDOW / 1000 }: LimitOptions) {
  let [since, used] = [-Infinity, 0];
  /** Counts users at `now` in milliseconds; returns those so far if the limit is reached. */
  return (users: number, now: number): number | undefined => {
    if (limit === 0) return undefined;
    if (now - since >= window * 1000) [since, used] = [now, 0];
    if (used >= limit) return used;
    used += users;
    return undefined;
  };
}

function plain(status: number, text: string): Routed {
  return { answer: { status, type: "text/plain", body: `${text}\n` } };
}

/** A router; it counts faults, the limit and chosen seeds across requests. */
export class Router {
  readonly #limit: ReturnType<typeof userLimit>;
  readonly #faults: readonly Fault[];
  /** Faults in addresses, by the path in front of `/api`. */
  readonly #addressFaults = new Map<string, readonly Fault[]>();
  #seeds = 0;

  constructor(options: RouterOptions) {
    this.#limit = userLimit(options);
    this.#faults = (options.faults ?? []).map(parseFault);
  }

  /** Answers a request of time `now`, in milliseconds since 1970. */
  answer({ method, target }: { method: string; target: string }, now: number): Routed {
    if (method !== "GET" && method !== "HEAD") return plain(405, "Only GET and HEAD");
    const url = URL.parse(target, "http://127.0.0.1");
    if (url === null) return { answer: NOT_FOUND };
    try {
      return this.#api(url, now);
    } catch (error) {
      if (error instanceof UsageError) return plain(400, error.message);
      throw error;
    }
  }

  #api(url: URL, now: number): Routed {
    const faults = [...this.#takeFaults(url), ...this.#faults];
    const request = apiRequest(url, () => this.#pickSeed());
    if (request === undefined) return { answer: NOT_FOUND };
    for (const fault of faults) {
      const answer = fault.answer(request, now);
      if (answer !== undefined) return { answer, request, fault: fault.name };
    }
    const users = this.#limit(request.results, now);
    return { answer: users === undefined ? page(request) : rateLimited(users), request };
  }

  #takeFaults(url: URL): readonly Fault[] {
    const [front] = /^(?:\/fault\/[^/]+(?=\/))*/.exec(url.pathname) ?? [""];
    url.pathname = url.pathname.slice(front.length);
    let faults = this.#addressFaults.get(front);
    if (faults === undefined) {
      faults = front.split("/fault/").slice(1).map(parseFault);
      this.#addressFaults.set(front, faults);
    }
    return faults;
  }

  #pickSeed(): string {
    const [a, b] = hashKey(`fixture ${++this.#seeds}`);
    return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
