/**
 * A fake clock that `sleep` advances without waiting.
 *
 * @module
 */
import type { Effects } from "../etl/common/effects.ts";

/** A clock that records its sleeps. */
export interface FakeClock extends Pick<Effects, "now" | "sleep"> {
  /** Each sleep in milliseconds, in order. */
  readonly sleeps: readonly number[];
}

/** Starts a clock at a time in milliseconds since 1970, by default now. */
export function fakeClock(start: number = Date.now()): FakeClock {
  const sleeps: number[] = [];
  let moment = start;
  return {
    sleeps,
    now: () => moment,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      moment += ms;
      await Promise.resolve();
      signal?.throwIfAborted();
    },
  };
}
