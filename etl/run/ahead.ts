// Brings pages here ahead of those who build them: some are fetched side by side, so that network
// and processors are busy at once, and given in order.
import { pMapIterable } from "p-map";
import type { LocalPage, RemotePage } from "../extract/pages/pages.ts";

/** Brings one page here; tries no more once the signal aborts. */
export type Bring = (page: LocalPage | RemotePage, lastTry: AbortSignal) => Promise<LocalPage>;

/** Options of {@link PagesAhead}. */
interface AheadOptions {
  readonly bring: Bring;
  /** Begins no more pages when it aborts. */
  readonly signal: AbortSignal;
}

/** Pages under way at once: enough to hide the waiting, few enough to be a polite guest. */
export const CONNECTIONS = 4;

/**
 * Pages in order. The first is fetched alone: it names the seed of the others where none was
 * given, and an API that cannot be reached is asked once and not by all. When one fails, those
 * under way may still come: their people are counted by the API's limit.
 */
export class PagesAhead implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #pages: AsyncIterator<LocalPage>;
  readonly #bring: Bring;
  /** Pages under way; none of these promises rejects. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** Whether the first page was brought; it does not reject either. */
  #first: Promise<void> | undefined;

  /** Begins to fetch when the first page is taken. */
  constructor(pages: Iterable<LocalPage | RemotePage>, { bring, signal }: AheadOptions) {
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    this.#bring = bring;
    this.#pages = pMapIterable(pages, (page) => this.#one(page, stop), {
      concurrency: CONNECTIONS,
      backpressure: Infinity,
    })[Symbol.asyncIterator]();
  }

  #one(page: LocalPage | RemotePage, lastTry: AbortSignal): Promise<LocalPage> {
    const bringing = (this.#first ?? Promise.resolve()).then(() => {
      lastTry.throwIfAborted();
      return this.#bring(page, lastTry);
    });
    const settled = bringing.then(() => {}, (error) => this.#stop.abort(error))
      .finally(() => this.#underWay.delete(settled));
    this.#underWay.add(settled);
    this.#first ??= settled;
    return bringing;
  }

  /** The next so many pages. Throws the fault that came first, or the reason of the signal. */
  async take(count: number): Promise<LocalPage[]> {
    const pages: LocalPage[] = [];
    try {
      while (pages.length < count) {
        const { value, done } = await this.#pages.next();
        if (done) break;
        pages.push(value);
      }
      return pages;
    } catch (error) {
      throw this.#stop.signal.aborted ? this.#stop.signal.reason : error;
    }
  }

  /** Stops what is under way, and waits until it has left its files alone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
  }
}
