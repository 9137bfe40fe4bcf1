import type { LogEvent } from "./events.ts";

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
  if (signal?.aborted) return Promise.reject(signal.reason);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => reject(signal?.reason);
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener("abort", stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  });
}

export const REAL: Effects = {
  fetch: (...args) => globalThis.fetch(...args),
  now: () => Date.now(),
  sleep,
  log: () => {},
};
