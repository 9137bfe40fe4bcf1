/**
 * Tries again what may work later: transient faults, after a wait that grows, until time is up.
 *
 * @module
 */
import pRetry from "p-retry";
import { duration } from "../../common/duration.ts";
import type { Effects } from "../../common/effects.ts";
import { DebrError } from "../../common/errors.ts";

/** The longest wait before the second try, in milliseconds; it doubles from try to try. */
const FIRST_WAIT = 1000;

/** The longest wait that is not asked for by the source, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Tries after which a source that asks for no wait is waited for all the same. */
const PATIENT_TRIES = 5;

/** How long and how often to try. */
export interface RetryOptions {
  /** Clock and sleep. */
  readonly effects: Pick<Effects, "now" | "sleep">;
  /** Moment in milliseconds since 1970 after which no try begins. */
  readonly deadline: number;
  /** Whether to give up after so many tries, though there is time. */
  readonly isEnough: (tries: number, error: DebrError) => boolean;
  /** Told before each wait. */
  readonly onRetry: (failed: FailedTry) => void;
  readonly signal?: AbortSignal | undefined;
  /** Ends waits, and no try begins after one under way, when it aborts. */
  readonly lastTry?: AbortSignal | undefined;
}

/** A try that failed and will be followed by another. */
export interface FailedTry {
  readonly error: DebrError;
  /** Number of the try, from 1. */
  readonly number: number;
  /** Milliseconds until the next. */
  readonly wait: number;
}

/** Milliseconds to wait: anything up to a limit that doubles, so that clients spread out. */
function backoff(tries: number): number {
  return Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
}

/** What the source asks for; where it asks again and again, more. */
function waitAfter({ retryAfter }: DebrError, tries: number): number {
  if (retryAfter === undefined) return backoff(tries);
  return tries > PATIENT_TRIES ? retryAfter + backoff(tries) : retryAfter;
}

/** Aborts when one of two does. */
export function either(one?: AbortSignal, other?: AbortSignal): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : one ?? other;
}

/** Says in the error itself how often it was tried. */
function gaveUp(error: DebrError, { tries, late }: { tries: number; late: boolean }): void {
  const reason = late ? "and the timeout leaves no time for another" : "and gave up";
  if (tries > 1 || late) {
    error.message += `; tried ${tries === 1 ? "once" : `${tries} times`} ${reason}`;
  }
}

/**
 * Does something, again where its `DebrError` is transient. Rejects with the last error, its cause
 * kept, or at once with the signal's reason when that aborts.
 */
export function withRetries<T>(
  attempt: (number: number) => Promise<T>,
  { effects, deadline, isEnough, onRetry, signal, lastTry }: RetryOptions,
): Promise<T> {
  const shouldRetry = async (
    { error, attemptNumber: number }: { error: Error; attemptNumber: number },
  ): Promise<boolean> => {
    if (!(error instanceof DebrError) || !error.transient || lastTry?.aborted) return false;
    const wait = waitAfter(error, number);
    const late = effects.now() + wait >= deadline;
    if (late || isEnough(number, error)) {
      gaveUp(error, { tries: number, late });
      return false;
    }
    onRetry({ error, number, wait });
    await effects.sleep(wait, either(signal, lastTry));
    return true;
  };
  // The waits are ours: the library's own cannot be faked in tests, nor follow Retry-After.
  const options = { retries: Infinity, minTimeout: 0, shouldRetry };
  return pRetry(attempt, signal === undefined ? options : { ...options, signal });
}

/**
 * The header `Retry-After` in milliseconds from `now`, given as seconds or as a date; `undefined`
 * where it is missing or neither.
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  if (!/[a-z]/i.test(text) || Number.isNaN(until)) return undefined;
  // The server's clock says how long it is by the server's clock.
  const sent = Date.parse(headers.get("date") ?? "");
  return Math.max(0, until - (Number.isNaN(sent) ? now : sent));
}

/** A wait as people read it. */
export function inWords(milliseconds: number): string {
  return milliseconds < 1000 ? "at once" : `in ${duration(milliseconds / 1000)}`;
}
