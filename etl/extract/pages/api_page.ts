// Checks a response of the API as a whole: the API returns other people with status 200 when it
// rejects a request, pages of one seed can coincide, and a broken cache may return a page twice.
import type { ApiVersion, Nationality, Page, Person } from "../../../schema/mod.ts";
import { sha256 } from "../../common/sha256.ts";
import {
  checkCount,
  type CheckedPage,
  checkEnvelope,
  type Fail,
  PageError,
  parsePage,
} from "./page.ts";

export interface Asked {
  readonly page: number;
  readonly results: number;
  readonly version: ApiVersion;
  readonly seed?: string | undefined;
  readonly nat?: readonly Nationality[] | undefined;
  readonly gender?: "female" | "male" | undefined;
}

function checkInfo({ info, results }: Page, asked: Asked, fail: Fail): void {
  const equal = (rule: "version" | "page" | "seed" | "count", found: unknown, wanted: unknown) => {
    if (found !== wanted) fail(rule, `asked for ${rule} ${wanted}, got ${found}`);
  };
  equal("version", info.version, asked.version);
  equal("page", info.page, asked.page);
  if (asked.seed !== undefined) equal("seed", info.seed, asked.seed);
  else if (info.seed === "") fail("seed", "it names no seed");
  if (results.length === 0) fail("empty", "it is empty");
  equal("count", results.length, asked.results);
}

/** Whether a person is the empty one that the API returns if it knows no requested field. */
function isBlank(person: unknown): boolean {
  return typeof person === "object" && person !== null && Object.keys(person).length === 0;
}

function checkPeople({ results }: Page, { nat, gender }: Asked, fail: Fail): void {
  if (results.every(isBlank)) fail("fields", "every person on it is empty");
  const other = (field: "nat" | "gender", wanted: readonly unknown[] | undefined) =>
    results.findIndex((person) => wanted?.includes((person as Person | null)?.[field]) === false);
  const [nationality, sex] = [other("nat", nat), other("gender", gender && [gender])];
  if (nationality !== -1) fail("nationality", `row ${nationality} is not of ${nat?.join(", ")}`);
  if (sex !== -1) fail("gender", `row ${sex} is not ${gender}`);
}

/** Checks a response against the request. Throws a {@link PageError} that names the rule. */
export function checkApiPage(
  { type, body }: { readonly type: string; readonly body: Uint8Array },
  { label, asked }: { label: string; asked: Asked },
): CheckedPage & { readonly seed: string; readonly page: number } {
  const fail: Fail = (rule, message) => {
    const isOther = rule === "content-type" || rule === "jsonp" || rule === "json";
    const next = { code: isOther ? "not_the_api" : "api_failed" } as const;
    throw new PageError(message, { rule, page: label, next });
  };
  if (!/\bjson\b/i.test(type)) {
    const kind = /\bhtml\b/i.test(type)
      ? "an HTML page, as from a proxy"
      : type || "without a content type";
    fail("content-type", `the response is ${kind}, not JSON`);
  }
  const parsed = parsePage(body, fail);
  const { info, results } = checkEnvelope(parsed, fail);
  if (info === undefined) return fail("info", "no info");
  checkCount(info, results.length, fail);
  const page = { info, results };
  checkInfo(page, asked, fail);
  checkPeople(page, asked, fail);
  return { label, version: asked.version, seed: info.seed, page: info.page, people: results };
}

/** Hashes only the first person, so that a page and its prefix have the same digest. */
export function digestOf([first]: readonly unknown[]): string | undefined {
  if (typeof first !== "object" || first === null || isBlank(first)) return undefined;
  return sha256(JSON.stringify(first));
}

export function repeatedPage(page: string, message: string): PageError {
  return new PageError(message, { rule: "repeat", page, next: { code: "page_repeated" } });
}

/** The digests of the pages of a run, at most 10,000. */
export class PagesSeen {
  readonly #pages = new Map<string, number>();

  restore(digest: string, page: number): void {
    this.#pages.set(digest, page);
  }

  /** Returns the digest of a page, if any; throws a `PageError` if another page has its people. */
  check(
    { label, page, people }: Pick<CheckedPage, "label" | "people"> & { readonly page: number },
  ): string | undefined {
    const key = digestOf(people);
    if (key === undefined) return undefined;
    const other = this.#pages.get(key) ?? page;
    if (other !== page) {
      const [first, second] = page < other ? [page, other] : [other, page];
      throw repeatedPage(label, `page ${second} has the people of page ${first}`);
    }
    this.#pages.set(key, page);
    return key;
  }
}
