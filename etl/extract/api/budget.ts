import { duration, peopleCount } from "../../common/counts.ts";
import type { Effects } from "../../common/effects.ts";
import { RateLimitError } from "../../common/errors.ts";

/** The window of the API's limit, in milliseconds. */
export const WINDOW = 5 * 60_000;

/** People in a {@link WINDOW} that the public API allows. */
export const PUBLIC_RATE = 20_000;

/** People counted against the limit; `people` is negative if a request gives them back. */
export interface Spending {
  /** The time, in milliseconds since 1970. */
  readonly at: number;
  /** Number of people. */
  readonly people: number;
}

/** People reserved for one request. */
export interface Reservation {
  /** Marks the response as received: the window of these people then starts at this time. */
  readonly answered: () => void;
  /** Stops counting the people of a request, because the API did not count them. */
  readonly giveBack: () => Promise<void>;
}

/** Options of {@link Budget.take}. */
export interface ReserveOptions {
  /** The latest end of a wait, in milliseconds since 1970. */
  readonly deadline: number;
  /** Stops the wait when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each wait with its length in milliseconds. */
  readonly onWait?: (wait: number) => void;
}

const UNLIMITED: Reservation = { answered: () => {}, giveBack: () => Promise.resolve() };

/** A sliding-window rate limit in people; requests pass in order of arrival. */
export class Budget {
  /** People in a {@link WINDOW}; 0 for no limit. */
  readonly limit: number;
  /** Called with each spending, to save it for later processes. */
  onSpend: (spending: Spending) => Promise<void> = () => Promise.resolve();
  readonly #effects: Pick<Effects, "now" | "sleep">;
  #spent: { at: number; people: number }[] = [];
  #last: Promise<unknown> = Promise.resolve();

  /** Starts with an unused window. */
  constructor(limit: number, effects: Pick<Effects, "now" | "sleep">) {
    this.limit = limit;
    this.#effects = effects;
  }

  /** Counts the spending of an earlier process. */
  restore(spendings: Iterable<Spending>): void {
    const now = this.#effects.now();
    for (const { at, people } of spendings) this.#spent.push({ at: Math.min(at, now), people });
  }

  /** Waits for the window; throws a `RateLimitError` at once if that would exceed the deadline. */
  take(people: number, options: ReserveOptions): Promise<Reservation> {
    if (this.limit === 0) return Promise.resolve(UNLIMITED);
    const turn = this.#last.then(() => this.#take(people, options));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #take(people: number, { deadline, signal, onWait }: ReserveOptions): Promise<Reservation> {
    for (let wait; (wait = this.#wait(people)) > 0;) {
      if (this.#effects.now() + wait >= deadline) throw this.#tooLate(wait);
      onWait?.(wait);
      await this.#effects.sleep(wait, signal);
    }
    const at = this.#effects.now();
    const entry = { at, people };
    this.#spent.push(entry);
    await this.onSpend({ at, people });
    return {
      answered: () => {
        entry.at = this.#effects.now();
      },
      giveBack: () => {
        this.#spent = this.#spent.filter((other) => other !== entry);
        return this.onSpend({ at, people: -people });
      },
    };
  }

  /** Milliseconds until these people may be requested. */
  #wait(people: number): number {
    const now = this.#effects.now();
    this.#spent = this.#spent.filter(({ at }) => at + WINDOW > now).sort((a, b) => a.at - b.at);
    let free = this.limit - this.#spent.reduce((sum, { people }) => sum + people, 0);
    if (free >= people) return 0;
    for (const spending of this.#spent) {
      free += spending.people;
      if (free >= people) return spending.at + WINDOW - now;
    }
    return 0;
  }

  #tooLate(wait: number): RateLimitError {
    const limit = `${peopleCount(this.limit)} in ${duration(WINDOW / 1000)}`;
    return new RateLimitError(`Cannot ask for more than ${limit} before the timeout`, {
      step: "fetch",
      next: { code: "rate_too_slow", wait: duration(wait / 1000) },
      retryAfter: wait,
    });
  }
}
