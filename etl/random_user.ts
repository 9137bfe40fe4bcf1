/**
 * The client of the randomuser.me API. It checks every response, since the API can return other
 * people than requested with status 200.
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
import { type Reject, reject, validate } from "./transform/validate/person.ts";
import { redact } from "./transform/validate/redact.ts";
import { PagesSeen } from "./extract/pages/api_page.ts";

export type { ApiPage, ClientEffects };

/** Options of every request. */
export interface FetchOptions {
  /** Stops the request when it aborts; the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Stops retries and waits when it aborts; a response under way still counts. */
  readonly lastTry?: AbortSignal | undefined;
  /** Deadline in milliseconds since 1970, by default 10 minutes after the call. */
  readonly deadline?: number | undefined;
}

/** Milliseconds from the call to its default deadline. */
const PATIENCE = 10 * 60_000;

/** Options of {@link RandomUser.people}. */
export interface PeopleOptions extends FetchOptions {
  /** Receives invalid people; without it they are dropped silently. */
  readonly onReject?: (reject: Reject) => void;
}

/** The result of {@link RandomUser.tables}. */
export interface TablesResult {
  /** The six tables, column by column. */
  readonly tables: Tables;
  /** Invalid people, with the failed rules. */
  readonly rejects: readonly Reject[];
  /** Number of people who repeat an earlier one. */
  readonly repeated: number;
}

/**
 * Fetches people from the API.
 *
 * Every method throws a `SourceError` if the API is unreachable or returns something other than
 * requested, and a `RateLimitError` if the API limits the rate.
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
  /** The pending request that determines the seed. */
  #learning: Promise<void> | undefined;

  /** Throws a `UsageError` on options that the API would change silently. */
  constructor(options: RandomUserOptions = {}, effects: ClientEffects = {}) {
    this.#request = pageRequest(options);
    this.#fetcher = new PageFetcher(this.#request.rate, { ...effects, redact });
  }

  /** The request; its seed is that of the first page if the options have none. */
  get request(): PageRequest {
    return this.#request;
  }

  /** The rate limit, shared by all requests. */
  get budget(): Budget {
    return this.#fetcher.budget;
  }

  /** Continues with a seed that the API returned earlier. */
  keepSeed(seed: string): void {
    // The API ignores the gender if there is a seed, so a request for a gender keeps no seed.
    if (this.#request.gender === undefined) this.#request = { ...this.#request, seed };
  }

  /**
   * Fetches one page, numbered from 1, with retries; its default size is the page size. Without a
   * seed, all later pages use the seed of this one.
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

  /** Fetches a number of people, page by page. */
  async *pages(results: number, options: FetchOptions = {}): AsyncGenerator<ApiPage, void> {
    checkResults(this.#request, results);
    const { deadline = this.#fetcher.now() + PATIENCE } = options;
    const seen = new PagesSeen();
    for (const { page, results: onPage } of splitPages(results, this.#request.pageSize)) {
      const fetched = await this.page(page, { ...options, deadline, results: onPage });
      seen.check(fetched);
      yield fetched;
    }
  }

  /** Fetches a number of people and yields the valid ones, without secrets. */
  async *people(
    results: number,
    { onReject, ...options }: PeopleOptions = {},
  ): AsyncGenerator<Person, void> {
    for await (const page of this.pages(results, options)) {
      for (const [row, found] of page.people.entries()) {
        const verdict = validate(found, page.version);
        if (verdict.person) yield verdict.person;
        else onReject?.(reject(verdict.failures, { page: page.label, row }));
      }
    }
  }

  /**
   * Fetches a number of people as the six tables, column by column, without duplicates.
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
