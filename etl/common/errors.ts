// Expected errors: network, disk, database, a user's request. Invalid rows are rejects, not errors.

import type { NextStep } from "./next_step.ts";

/** The exit codes of every task. */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  source: 3,
  rateLimit: 4,
  data: 5,
  drift: 6,
  destination: 7,
  /** Ctrl-C or SIGTERM; shells expect this number for Ctrl-C. */
  interrupted: 130,
} as const;

/** The meaning of each status, for documents. */
export const EXIT_MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "Done.",
  fault: "An unexpected fault: a defect of debr.",
  usage:
    "The command line, a file that it names, an expectation or a permission does not allow what was requested.",
  source:
    "The source cannot be reached, is broken, or returns something other than what was requested. Retry later.",
  rateLimit: "The source limits the rate. Retry later.",
  data: "The data failed a rule: too many rejects, nobody valid, a failed expectation.",
  drift: "Something differs from the schema: a database, a page, a file, a generated document.",
  destination: "A disk, a database or an object store cannot be read or written.",
  interrupted: "Ctrl-C, or a scheduler's SIGTERM. Run the same command again to continue.",
};

/** One of the {@link EXIT} statuses. */
export type ExitStatus = typeof EXIT[keyof typeof EXIT];

/** Details of an error in addition to its message. */
export interface ErrorDetails {
  /** The failed step, as a noun: `fetch`, `commit`, `query`. */
  readonly step: string;
  /** The next step: advice in words, or a code with facts for the command line. */
  readonly next?: string | NextStep | undefined;
  /** The error that caused this one. */
  readonly cause?: unknown;
  /** Whether the same request may work later. */
  readonly transient?: boolean;
  /** Milliseconds that the source asks to wait before the next request. */
  readonly retryAfter?: number | undefined;
}

/**
 * An expected error with its exit code, its step and the next command.
 *
 * @example What went wrong, and what to do
 * ```ts
 * import { DebrError, EXIT, RandomUser } from "@debr/debr";
 *
 * try {
 *   new RandomUser({ pageSize: 9999 });
 *   throw new Error("Expected a UsageError");
 * } catch (error) {
 *   if (!(error instanceof DebrError)) throw error;
 *   if (error.status !== EXIT.usage || error.next === undefined) throw error;
 * }
 * ```
 */
export abstract class DebrError extends Error {
  /** The exit code of a task that fails with this error. */
  abstract readonly status: ExitStatus;
  /** The failed step, as a noun: `fetch`, `commit`, `query`. */
  readonly step: string;
  /** The next step, if any: advice in words, or a code with its facts. */
  readonly next: string | NextStep | undefined;
  /** Whether the same request may work later. */
  readonly transient: boolean;
  /** Milliseconds that the source asks to wait. */
  readonly retryAfter: number | undefined;

  /** Makes an error; the message has the action first, then the value found. */
  constructor(
    message: string,
    { step, next, cause, transient = false, retryAfter }: ErrorDetails,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.step = step;
    this.next = next;
    this.transient = transient;
    this.retryAfter = retryAfter;
  }
}

/** The request is invalid. */
export class UsageError extends DebrError {
  /** Always `EXIT.usage`. */
  override readonly status: ExitStatus = EXIT.usage;
}

/** The source is unreachable or broken, or its response does not match the request. */
export class SourceError extends DebrError {
  /** Always `EXIT.source`. */
  override readonly status: ExitStatus = EXIT.source;
}

/** The source limits the rate of requests. Always transient. */
export class RateLimitError extends DebrError {
  /** Always `EXIT.rateLimit`. */
  override readonly status: ExitStatus = EXIT.rateLimit;

  /** Makes an error that is always transient. */
  constructor(message: string, details: ErrorDetails) {
    super(message, { ...details, transient: true });
  }
}

/** The data breaks a rule: too many rejects, no valid person, a failed expectation. */
export class DataError extends DebrError {
  /** Always `EXIT.data`. */
  override readonly status: ExitStatus = EXIT.data;
}

/** Something differs from the schema: a database, a page, a file, a generated document. */
export class DriftError extends DebrError {
  /** Always `EXIT.drift`. */
  override readonly status: ExitStatus = EXIT.drift;
}

/** A destination cannot be read or written: disk, dataset, database, object store. */
export class DestinationError extends DebrError {
  /** Always `EXIT.destination`. */
  override readonly status: ExitStatus = EXIT.destination;
}

/** Returns whether a person stopped the run with Ctrl-C. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
