/**
 * Finds pages that have the people of an earlier page of the run: two pages of one seed can
 * coincide, and a broken cache answers with what it has.
 *
 * @module
 */
import { sha256 } from "../../common/sha256.ts";
import { PageError } from "./page.ts";

/** A page as far as this looks at it. */
interface NumberedPage {
  /** Its address. */
  readonly label: string;
  /** Its number, from 1. */
  readonly page: number;
  /** Its people without secrets. */
  readonly people: readonly unknown[];
}

/**
 * A digest that two pages share where one is the beginning of the other. The first person is enough,
 * since it has an id that depends on seed, page and position; an empty one tells nothing.
 */
export function digestOf([first]: readonly unknown[]): string | undefined {
  if (typeof first !== "object" || first === null || Object.keys(first).length === 0) {
    return undefined;
  }
  return sha256(JSON.stringify(first));
}

/** The error of a page that has the people of another. */
export function repeatedPage(page: string, message: string): PageError {
  return new PageError(message, {
    rule: "repeat",
    page,
    next: { code: "page_repeated" },
  });
}

/** The pages of a run so far: some bytes for each, of at most 10,000. */
export class PagesSeen {
  readonly #pages = new Map<string, number>();

  /** Counts a page that an earlier process has seen. */
  restore(digest: string, page: number): void {
    this.#pages.set(digest, page);
  }

  /**
   * Notes a page; answers with what {@link PagesSeen.restore} takes, nothing where the page cannot
   * be told from others. Throws a `PageError` that names both where another has its people.
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
