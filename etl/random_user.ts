/**
 * The client of the randomuser.me API. It checks every answer, since the API answers 200 with other
 * people than asked for.
 *
 * @module
 */
import type { Person } from "../schema/mod.ts";
import { type Effects, REAL } from "./effects.ts";
import { type DebrError, RateLimitError } from "./errors.ts";
import { decodeTables, type Tables } from "./normalise/decode.ts";
import { Rows } from "./normalise/rows.ts";
import { Budget } from "./source/budget.ts";
import { FetchError, get } from "./source/http.ts";
import { splitPages } from "./source/pages.ts";
import {
  checkPageNumber,
  checkResults,
  type PageRequest,
  pageRequest,
  pageUrl,
  type RandomUserOptions,
} from "./source/request.ts";
import { inWords, withRetries } from "./source/retry.ts";
import { checkApiPage } from "./validate/api_page.ts";
import { type CheckedPage, PageError } from "./validate/page.ts";
import { judge, type Reject, reject } from "./validate/person.ts";
import { redact } from "./validate/redact.ts";
import { PagesSeen } from "./validate/repeat.ts";

/** A page as the API answered it, checked as a whole, without secrets; its people are not judged. */
export type ApiPage = CheckedPage & { readonly seed: string; readonly page: number };

/** Options of every request. */
export interface FetchOptions {
  /** Stops the request when it aborts; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /**
   * Moment in milliseconds since 1970 at which to give up what failed or has to wait, by default 10
   * minutes after the call.
   */
  readonly deadline?: number;
}

/** What {@link RandomUser} takes beside its options. */
export interface ClientEffects extends Partial<Effects> {
  /** Milliseconds without a byte after which a request is tried again, default 30 seconds. */
  readonly idle?: number;
}

/** Milliseconds until giving up, where no deadline is given. */
const PATIENCE = 10 * 60_000;

/** Tries of a client that has never had a good answer: a wrong address should fail soon. */
const FIRST_TRIES = 5;

/** Why a request failed, short and stable. */
function reasonOf(error: DebrError): string {
  if (error instanceof PageError) return `rule-${error.rule}`;
  if (error instanceof RateLimitError) return "status-429";
  return error instanceof FetchError ? error.reason : error.step;
}

/** Whether the API has surely not counted the people of a request. */
function isUncounted(error: unknown): boolean {
  if (error instanceof RateLimitError) return true;
  return error instanceof FetchError && /^(unreachable$|status-)/.test(error.reason);
}

/** Options of {@link RandomUser.people}. */
export interface PeopleOptions extends FetchOptions {
  /** Takes people who failed a rule; without it they are left out silently. */
  readonly onReject?: (reject: Reject) => void;
}

/** What {@link RandomUser.tables} gives. */
export interface TablesResult {
  /** The six tables, column by column. */
  readonly tables: Tables;
  /** People who failed a rule. */
  readonly rejects: readonly Reject[];
  /** How many were the same person as one before. */
  readonly repeated: number;
}

/**
 * Fetches people from the API.
 *
 * Every method throws a `SourceError` when the API cannot be reached or answers with something
 * other than asked for, and a `RateLimitError` when it limits the rate.
 *
 * @example Ten people, checked one by one
 * ```ts
 * import { RandomUser } from "@debr/debr";
 * import { startFixture } from "@debr/debr/fixture";
 *
 * await using api = startFixture();
 * const client = new RandomUser({ api: api.url, seed: "example", nat: ["US", "GB"] });
 * const cities: string[] = [];
 * for await (const person of client.people(10)) cities.push(person.location.city);
 * if (cities.length !== 10) throw new Error(`Expected 10 cities, got ${cities.length}`);
 * ```
 */
export class RandomUser {
  /** How many people may be asked for in how long; shared by all requests. */
  readonly budget: Budget;
  #request: PageRequest;
  readonly #effects: Effects & ClientEffects;
  /** The request that finds out the seed, while it is under way. */
  #learning: Promise<void> | undefined;
  /** Whether there was ever a good answer. */
  #answered = false;

  /** Throws a `UsageError` on options that the API would silently answer differently. */
  constructor(options: RandomUserOptions = {}, effects: ClientEffects = {}) {
    this.#request = pageRequest(options);
    this.#effects = { ...REAL, ...effects };
    this.budget = new Budget(this.#request.rate, this.#effects);
  }

  /** What is asked of the API. The seed is that of the first page where none was given. */
  get request(): PageRequest {
    return this.#request;
  }

  /** Goes on with a seed that an earlier client was given by the API. */
  keepSeed(seed: string): void {
    // With a seed the API ignores the gender, so that such pages stand alone.
    if (this.#request.gender === undefined) this.#request = { ...this.#request, seed };
  }

  /**
   * Fetches one page, numbered from 1, with so many people on it (default: the page size); tries
   * again what may work later. Without a seed, the one this page names is kept for all after it.
   */
  async page(
    number: number,
    { results = this.#request.pageSize, ...options }: FetchOptions & {
      readonly results?: number;
    } = {},
  ): Promise<ApiPage> {
    checkPageNumber(number, this.#request.pageSize);
    while (this.#learning !== undefined) await this.#learning;
    const page = this.#tryPage({ number, results }, options);
    const { seed, gender } = this.#request;
    if (seed === undefined && gender === undefined) {
      const learned = () => void (this.#learning = undefined);
      this.#learning = page.then(learned, learned);
    }
    return await page;
  }

  async #tryPage(
    page: { readonly number: number; readonly results: number },
    { signal, deadline = this.#effects.now() + PATIENCE }: FetchOptions,
  ): Promise<ApiPage> {
    const { now, log } = this.#effects;
    const began = now();
    let tries = 0;
    const fetched = await withRetries((number) => {
      tries = number;
      return this.#fetchPage(page, { signal, deadline });
    }, {
      effects: this.#effects,
      deadline,
      signal,
      isEnough: (tries, error) =>
        !this.#answered && tries >= FIRST_TRIES && !(error instanceof RateLimitError),
      onRetry: ({ error, number, wait }) =>
        log({
          event: "page.failed",
          message: `${error.message}; trying again ${inWords(wait)}`,
          data: {
            page: page.number,
            try: number,
            reason: reasonOf(error),
            wait_ms: Math.round(wait),
          },
        }),
    });
    this.#answered = true;
    this.keepSeed(fetched.seed);
    log({
      event: "page.fetched",
      message: `Fetched page ${page.number}, ${page.results} people`,
      data: { page: page.number, people: page.results, tries, ms: now() - began },
    });
    return { ...fetched, label: pageUrl(this.#request, page) };
  }

  /** One request, when the budget allows it. */
  async #fetchPage(
    page: { readonly number: number; readonly results: number },
    { signal, deadline }: { signal: AbortSignal | undefined; deadline: number },
  ): Promise<ApiPage> {
    const { number, results } = page;
    const taken = await this.budget.take(results, {
      signal,
      deadline,
      onWait: (wait) => this.#logWait(results, wait),
    });
    const request = this.#request;
    const url = pageUrl(request, page);
    try {
      const limit = deadline - this.#effects.now();
      const answer = await get(url, { ...this.#effects, signal, limit });
      taken.answered();
      const checked = checkApiPage(answer, {
        label: url,
        asked: { ...request, page: number, results },
      });
      return { ...checked, people: checked.people.map((one) => redact(one, request.version)) };
    } catch (error) {
      if (isUncounted(error)) taken.giveBack();
      throw error;
    }
  }

  #logWait(people: number, wait: number): void {
    this.#effects.log({
      event: "rate.waited",
      message: `Waiting ${inWords(wait).replace("in ", "")} for the API's limit`,
      data: { people, wait_ms: Math.round(wait) },
    });
  }

  /** Fetches so many people, page after page. */
  async *pages(results: number, options: FetchOptions = {}): AsyncGenerator<ApiPage, void> {
    checkResults(this.#request, results);
    const deadline = this.#effects.now() + PATIENCE;
    const seen = new PagesSeen();
    for (const { page, results: onPage } of splitPages(results, this.#request.pageSize)) {
      const fetched = await this.page(page, { deadline, ...options, results: onPage });
      await seen.check(fetched);
      yield fetched;
    }
  }

  /** Fetches so many people and yields those who pass every rule, without secrets. */
  async *people(
    results: number,
    { onReject, ...options }: PeopleOptions = {},
  ): AsyncGenerator<Person, void> {
    for await (const page of this.pages(results, options)) {
      for (const [row, found] of page.people.entries()) {
        const verdict = judge(found, page.version);
        if (verdict.person) yield verdict.person;
        else onReject?.(reject(verdict.failures, { page: page.label, row }));
      }
    }
  }

  /**
   * Fetches so many people as the six tables, column by column, each person once.
   *
   * @example Count people by country
   * ```ts
   * import { RandomUser } from "@debr/debr";
   * import { startFixture } from "@debr/debr/fixture";
   *
   * await using api = startFixture();
   * const { tables } = await new RandomUser({ api: api.url, seed: "example" }).tables(100);
   * const countries = Map.groupBy(tables.users.country_code, (code) => code);
   * if (countries.size > 21) throw new Error(`Expected at most 21, got ${countries.size}`);
   * ```
   */
  async tables(results: number, options: FetchOptions = {}): Promise<TablesResult> {
    const rows = new Rows();
    const rejects: Reject[] = [];
    let repeated = 0;
    const onReject = (reject: Reject) => void rejects.push(reject);
    for await (const person of this.people(results, { ...options, onReject })) {
      if (!rows.add(person)) repeated++;
    }
    return { tables: decodeTables(rows), rejects, repeated };
  }
}
