// Groups all effects outside the process in one small object, so that tests can pass a fake.
import type { LogEvent } from "./events.ts";

export type { LogEvent };

/** Network, clock and log. Files are real everywhere: tests use temporary folders. */
export interface Effects {
  /** The global `fetch` or a fake of it. */
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Receives events; the terminal and the log decide what to show. */
  readonly log: (event: LogEvent) => void;
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The real effects, without a log. */
export const REAL: Effects = {
  fetch: (...args) => globalThis.fetch(...args),
  now: () => Date.now(),
  sleep,
  log: () => {},
};
