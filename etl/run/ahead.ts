// Fetches pages ahead of their batches, some concurrently, and returns them in order.
import { pMapIterable } from "p-map";
import type { LocalPage, RemotePage } from "../extract/pages/pages.ts";

interface AheadOptions {
  /** Fetches a page; starts no retry after `lastTry` aborts. */
  readonly bring: (page: LocalPage | RemotePage, lastTry: AbortSignal) => Promise<LocalPage>;
  /** Stops new pages when it aborts. */
  readonly signal: AbortSignal;
}

/** Concurrent pages: enough to hide the latency, few enough for the API. */
export const CONNECTIONS = 4;

/**
 * Fetches the first page alone: its seed applies to the others if none was given, and an
 * unreachable API is tried once. After a failure, pages under way may still arrive, since the API
 * has counted their people.
 */
export class PagesAhead implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #pages: AsyncIterator<LocalPage>;
  readonly #bring: AheadOptions["bring"];
  /** These promises never reject. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** Settles with the first page; never rejects. */
  #first: Promise<void> | undefined;

  /** Starts with the first {@link take}. */
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

  /** Returns the next pages; throws the first error, or the reason of the signal. */
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

  /** Stops, and waits until all writes have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
  }
}
