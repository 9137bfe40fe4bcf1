/**
 * A clock that sleeping moves on: hours of waiting take no time.
 *
 * @module
 */
import type { Effects } from "../etl/common/effects.ts";

/** A clock and what it was asked to wait. */
export interface FakeClock extends Pick<Effects, "now" | "sleep"> {
  /** Milliseconds of each sleep, in order. */
  readonly sleeps: readonly number[];
}

/** Starts a clock at a moment in milliseconds since 1970, by default this one. */
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
