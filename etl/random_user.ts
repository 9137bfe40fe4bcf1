/**
 * The client of the randomuser.me API. It checks every response, since the API answers 200 with
 * other people than requested.
 *
 * @module
 */
import type { Person } from "../schema/mod.ts";
import { decodeTables, Rows, type Tables } from "./transform/normalise/mod.ts";
import { type ApiPage, type ClientEffects, PageFetcher } from "./extract/api/page_fetcher.ts";
import type { Budget } from "./extract/api/budget.ts";
import { splitPages } from "./extract/pages/pages.ts";
import {
  checkPageNumber,
  checkResults,
  type PageRequest,
  pageRequest,
  pageUrl,
  type RandomUserOptions,
} from "./extract/api/request.ts";
import { judge, type Reject, reject } from "./transform/validate/person.ts";
import { redact } from "./transform/validate/redact.ts";
import { PagesSeen } from "./extract/pages/repeat.ts";

export type { ApiPage, ClientEffects };

/** Options of every request. */
export interface FetchOptions {
  /** Stops the request when it aborts; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Allows no further attempt or wait when it aborts; a response under way is still taken. */
  readonly lastTry?: AbortSignal;
  /** When to give up, in milliseconds since 1970, by default 10 minutes after the call. */
  readonly deadline?: number;
}

/** Milliseconds until giving up without a deadline. */
const PATIENCE = 10 * 60_000;

/** Options of {@link RandomUser.people}. */
export interface PeopleOptions extends FetchOptions {
  /** Receives people who failed a rule; without it they are left out silently. */
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
 * import { startMockApi } from "@debr/debr/mock-api";
 *
 * await using api = await startMockApi();
 * const client = new RandomUser({ api: api.url, seed: "example", nat: ["US", "GB"] });
 * const cities: string[] = [];
 * for await (const person of client.people(10)) cities.push(person.location.city);
 * if (cities.length !== 10) throw new Error(`Expected 10 cities, got ${cities.length}`);
 * ```
 */
export class RandomUser {
  readonly #fetcher: PageFetcher;
  #request: PageRequest;
  /** The request that finds out the seed. */
  #learning: Promise<void> | undefined;

  /** Throws a `UsageError` on options that the API would silently change. */
  constructor(options: RandomUserOptions = {}, effects: ClientEffects = {}) {
    this.#request = pageRequest(options);
    this.#fetcher = new PageFetcher(this.#request.rate, { ...effects, redact });
  }

  /** The request. Where no seed was given it is that of the first page. */
  get request(): PageRequest {
    return this.#request;
  }

  /** The rate limit, shared by all requests. */
  get budget(): Budget {
    return this.#fetcher.budget;
  }

  /** Continues with a seed that the API has named before. */
  keepSeed(seed: string): void {
    // With a seed the API ignores the gender, so such pages keep none.
    if (this.#request.gender === undefined) this.#request = { ...this.#request, seed };
  }

  /**
   * Fetches one page, numbered from 1 (default size: the page size), with retries. Without a seed,
   * the one this page names is kept for all later ones.
   */
  async page(
    number: number,
    options: FetchOptions & { readonly results?: number } = {},
  ): Promise<ApiPage> {
    const { results = this.#request.pageSize, signal, lastTry } = options;
    const { deadline = this.#fetcher.now() + PATIENCE } = options;
    checkPageNumber(number);
    while (this.#learning !== undefined) await this.#learning;
    const request = this.#request;
    const page = { number, results };
    const fetching = this.#fetcher.fetch(page, { request, signal, lastTry, deadline });
    if (request.seed === undefined && request.gender === undefined) {
      const learned = fetching.then(({ seed }) => this.keepSeed(seed), () => {});
      this.#learning = learned.then(() => void (this.#learning = undefined));
      await learned;
    }
    return { ...await fetching, label: pageUrl(this.#request, page) };
  }

  /** Fetches so many people, page after page. */
  async *pages(results: number, options: FetchOptions = {}): AsyncGenerator<ApiPage, void> {
    checkResults(this.#request, results);
    const deadline = this.#fetcher.now() + PATIENCE;
    const seen = new PagesSeen();
    for (const { page, results: onPage } of splitPages(results, this.#request.pageSize)) {
      const fetched = await this.page(page, { deadline, ...options, results: onPage });
      seen.check(fetched);
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
   * import { startMockApi } from "@debr/debr/mock-api";
   *
   * await using api = await startMockApi();
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
