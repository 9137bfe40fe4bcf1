// Finds pages with the people of an earlier page of the run: pages of one seed can coincide, and a
// broken cache may return a page twice.
import { sha256 } from "../../common/sha256.ts";
import { PageError } from "./page.ts";

interface NumberedPage {
  readonly label: string;
  readonly page: number;
  readonly people: readonly unknown[];
}

/**
 * Returns the same digest for a page and its prefix. It hashes only the first person: the id
 * depends on seed, page and position. An empty person identifies nothing.
 */
export function digestOf([first]: readonly unknown[]): string | undefined {
  if (typeof first !== "object" || first === null || Object.keys(first).length === 0) {
    return undefined;
  }
  return sha256(JSON.stringify(first));
}

export function repeatedPage(page: string, message: string): PageError {
  return new PageError(message, {
    rule: "repeat",
    page,
    next: { code: "page_repeated" },
  });
}

/** The digests of the pages of a run, at most 10,000. */
export class PagesSeen {
  readonly #pages = new Map<string, number>();

  /** Records a page of an earlier process. */
  restore(digest: string, page: number): void {
    this.#pages.set(digest, page);
  }

  /**
   * Records a page and returns its digest for {@link PagesSeen.restore}, if it has one. Throws a
   * `PageError` that names both pages if an earlier one has its people.
   */
  check({ label, page, people }: NumberedPage): string | undefined {
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
