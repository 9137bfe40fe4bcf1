import pRetry from "p-retry";
import type { Effects } from "../../common/effects.ts";
import { DebrError } from "../../common/errors.ts";

/** The longest first backoff, in milliseconds; it doubles with each attempt. */
const FIRST_WAIT = 1000;

/** The longest backoff, in milliseconds; `Retry-After` may be longer. */
const LONGEST_WAIT = 60_000;

/** Attempts after which `Retry-After` is extended by a backoff. */
const PATIENT_TRIES = 5;

export interface RetryOptions {
  readonly effects: Pick<Effects, "now" | "sleep">;
  /** Deadline for the start of an attempt, in milliseconds since 1970. */
  readonly deadline: number;
  /** Whether to give up after a number of attempts before the deadline. */
  readonly isEnough: (tries: number, error: DebrError) => boolean;
  /** Called with the milliseconds until the next attempt. */
  readonly onRetry: (failed: { error: DebrError; number: number; wait: number }) => void;
  readonly signal?: AbortSignal | undefined;
  /** Stops retries and waits when it aborts. */
  readonly lastTry?: AbortSignal | undefined;
}

function waitAfter({ retryAfter }: DebrError, tries: number): number {
  // Exponential backoff with full jitter, which spreads clients out.
  const backoff = Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
  if (retryAfter === undefined) return backoff;
  return tries > PATIENT_TRIES ? retryAfter + backoff : retryAfter;
}

export function either(one?: AbortSignal, other?: AbortSignal): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : one ?? other;
}

/** Retries while the `DebrError` is transient; rejects with the last one or the signal's reason. */
export function withRetries<T>(
  attempt: (number: number) => Promise<T>,
  { effects, deadline, isEnough, onRetry, signal, lastTry }: RetryOptions,
): Promise<T> {
  const shouldRetry = async (
    { error, attemptNumber: number }: { error: Error; attemptNumber: number },
  ) => {
    if (!(error instanceof DebrError) || !error.transient || lastTry?.aborted) return false;
    const wait = waitAfter(error, number);
    const late = effects.now() + wait >= deadline;
    if (late || isEnough(number, error)) {
      const tries = number === 1 ? "once" : `${number} times`;
      const reason = late ? "and the timeout leaves no time for another" : "and gave up";
      if (number > 1 || late) error.message += `; tried ${tries} ${reason}`;
      return false;
    }
    onRetry({ error, number, wait });
    await effects.sleep(wait, either(signal, lastTry));
    return true;
  };
  // debr waits itself: waits of p-retry cannot be faked in tests and ignore `Retry-After`.
  const options = { retries: Infinity, minTimeout: 0, shouldRetry };
  return pRetry(attempt, signal === undefined ? options : { ...options, signal });
}

/** Parses `Retry-After` to milliseconds from `now`; `undefined` if it is missing or malformed. */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  if (!/[a-z]/i.test(text) || Number.isNaN(until)) return undefined;
  // The date follows the clock of the server.
  const sent = Date.parse(headers.get("date") ?? "");
  return Math.max(0, until - (Number.isNaN(sent) ? now : sent));
}
