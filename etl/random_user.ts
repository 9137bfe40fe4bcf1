/**
 * The client of the randomuser.me API. It checks every answer, since the API answers 200 with other
 * people than asked for.
 *
 * @module
 */
import type { Person } from "../schema/mod.ts";
import { type Effects, REAL } from "./effects.ts";
import { decodeTables, type Tables } from "./normalise/decode.ts";
import { Rows } from "./normalise/rows.ts";
import { getJson } from "./source/http.ts";
import { splitPages } from "./source/pages.ts";
import {
  type PageRequest,
  pageRequest,
  pageUrl,
  type RandomUserOptions,
} from "./source/request.ts";
import { checkApiPage, type CheckedPage } from "./validate/page.ts";
import { judge, type Reject, reject } from "./validate/person.ts";
import { redact } from "./validate/redact.ts";

/** A page as the API answered it, checked as a whole, without secrets; its people are not judged. */
export type ApiPage = CheckedPage & { readonly seed: string; readonly page: number };

/** Options of every request. */
export interface FetchOptions {
  /** Stops the request when it aborts; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
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
 * await using api = await startFixture();
 * const client = new RandomUser({ api: api.url, seed: "example", nat: ["US", "GB"] });
 * const cities: string[] = [];
 * for await (const person of client.people(10)) cities.push(person.location.city);
 * if (cities.length !== 10) throw new Error(`Expected 10 cities, got ${cities.length}`);
 * ```
 */
export class RandomUser {
  #request: PageRequest;
  readonly #fetch: Effects["fetch"];

  /** Throws a `UsageError` on options that the API would silently answer differently. */
  constructor(options: RandomUserOptions = {}, { fetch }: Pick<Effects, "fetch"> = REAL) {
    this.#request = pageRequest(options);
    this.#fetch = fetch;
  }

  /** What is asked of the API. The seed is that of the first page where none was given. */
  get request(): PageRequest {
    return this.#request;
  }

  /**
   * Fetches one page, numbered from 1, with so many people on it (default: the page size). Without
   * a seed, the one this page names is kept for all after it.
   */
  async page(
    number: number,
    { results = this.#request.pageSize, signal }: FetchOptions & { readonly results?: number } = {},
  ): Promise<ApiPage> {
    const request = this.#request;
    const url = pageUrl(request, { number, results });
    const text = await getJson(url, { fetch: this.#fetch, signal });
    const { version, seed, nat } = request;
    const asked = { page: number, results, version, seed, nat };
    const checked: ApiPage = checkApiPage(text, { label: url, asked });
    this.#request = { ...request, seed: checked.seed };
    return {
      ...checked,
      label: pageUrl(this.#request, { number, results }),
      people: checked.people.map((person) => redact(person, version)),
    };
  }

  /** Fetches so many people, page after page. */
  async *pages(results: number, { signal }: FetchOptions = {}): AsyncGenerator<ApiPage, void> {
    for (const { page, results: onPage } of splitPages(results, this.#request.pageSize)) {
      yield await this.page(page, { results: onPage, ...(signal && { signal }) });
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
   * await using api = await startFixture();
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
