import type { ApiVersion } from "../../../schema/mod.ts";
import { duration, peopleCount } from "../../common/counts.ts";
import { type Effects, REAL } from "../../common/effects.ts";
import { type DebrError, RateLimitError } from "../../common/errors.ts";
import { Budget } from "./budget.ts";
import { FetchError, get } from "./http.ts";
import { type PageRequest, pageUrl } from "./request.ts";
import { either, withRetries } from "./retry.ts";
import { checkApiPage } from "../pages/api_page.ts";
import { type CheckedPage, PageError } from "../pages/page.ts";

/** A page of the API, checked as a whole and redacted; its people are not validated. */
export type ApiPage = CheckedPage & { readonly seed: string; readonly page: number };

/** Effects of a client; the defaults are those of the system. */
export interface ClientEffects extends Partial<Effects> {
  /** Milliseconds without a byte after which a request is retried, default 30 seconds. */
  readonly idle?: number;
}

interface WantedPage {
  readonly number: number;
  readonly results: number;
}

interface Patience {
  readonly signal: AbortSignal | undefined;
  readonly lastTry: AbortSignal | undefined;
  readonly deadline: number;
}

type Redact = (person: unknown, version: ApiVersion) => unknown;

/** The maximum number of attempts before the first success, so that a wrong address fails soon. */
const FIRST_TRIES = 5;

function reasonOf(error: DebrError): string {
  if (error instanceof PageError) return `rule-${error.rule}`;
  if (error instanceof RateLimitError) return "status-429";
  return error instanceof FetchError ? error.reason : error.step;
}

/** Whether the API certainly did not count the people of a request. */
function isUncounted(error: unknown): boolean {
  if (error instanceof RateLimitError) return true;
  return error instanceof FetchError && /^(unreachable$|status-)/.test(error.reason);
}

/** Fetches pages; holds the budget, and whether the API ever responded. */
export class PageFetcher {
  readonly budget: Budget;
  readonly #effects: Effects & ClientEffects;
  readonly #redact: Redact;
  #answered = false;

  constructor(rate: number, { redact, ...effects }: ClientEffects & { readonly redact: Redact }) {
    this.#redact = redact;
    this.#effects = { ...REAL, ...effects };
    this.budget = new Budget(rate, this.#effects);
  }

  now(): number {
    return this.#effects.now();
  }

  async fetch(
    page: WantedPage,
    { request, ...patience }: Patience & { readonly request: PageRequest },
  ): Promise<ApiPage> {
    const { now, log } = this.#effects;
    const began = now();
    let tries = 0;
    const fetched = await withRetries((number) => {
      tries = number;
      return this.#attempt(page, { request, ...patience });
    }, {
      effects: this.#effects,
      ...patience,
      isEnough: (tries, error) =>
        !this.#answered && tries >= FIRST_TRIES && !(error instanceof RateLimitError),
      onRetry: ({ error, number, wait }) =>
        log({
          event: "page.failed",
          message: `${error.message}; trying again ${
            wait < 1000 ? "at once" : `in ${duration(wait / 1000)}`
          }`,
          data: {
            page: page.number,
            try: number,
            reason: reasonOf(error),
            wait_ms: Math.round(wait),
          },
        }),
    });
    this.#answered = true;
    log({
      event: "page.fetched",
      message: `Fetched page ${page.number}, ${peopleCount(page.results)}`,
      data: { page: page.number, people: page.results, tries, ms: now() - began },
    });
    return fetched;
  }

  async #attempt(
    page: WantedPage,
    { request, signal, lastTry, deadline }: Patience & { readonly request: PageRequest },
  ): Promise<ApiPage> {
    const { number, results } = page;
    const taken = await this.budget.take(results, {
      signal: either(signal, lastTry),
      deadline,
      onWait: (wait) =>
        this.#effects.log({
          event: "rate.waited",
          message: `Waiting ${duration(wait / 1000)} for the API's limit`,
          data: { people: results, wait_ms: Math.round(wait) },
        }),
    });
    const url = pageUrl(request, page);
    try {
      const limit = deadline - this.#effects.now();
      const answer = await get(url, { ...this.#effects, signal, limit });
      taken.answered();
      const asked = { ...request, page: number, results };
      const checked = checkApiPage(answer, { label: url, asked });
      const people = checked.people.map((one) => this.#redact(one, request.version));
      return { ...checked, people };
    } catch (error) {
      if (isUncounted(error)) await taken.giveBack();
      throw error;
    }
  }
}
