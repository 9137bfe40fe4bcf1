/**
 * What can go wrong with the world: network, disk, database, a user's request. Bad rows are not
 * errors but rejects. Messages: action first, the value found, and the next command where there
 * is one. Only `main.ts` prints them and exits.
 *
 * @module
 */

/** The exit statuses of every task. */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  source: 3,
  rateLimit: 4,
  data: 5,
  drift: 6,
  destination: 7,
} as const;

/** One of the {@link EXIT} statuses. */
export type ExitStatus = typeof EXIT[keyof typeof EXIT];

/** What an error says beside its message. */
export interface ErrorDetails {
  /** What was under way, as a noun: `fetch`, `commit`, `query`. */
  readonly step: string;
  /** What to run or do next. */
  readonly next?: string;
  /** The fault behind this one. */
  readonly cause?: unknown;
  /** Whether the same request may work later without a change. */
  readonly transient?: boolean;
}

/** An expected fault: carries the exit status, the step and the next command. */
export abstract class DebrError extends Error {
  abstract readonly status: ExitStatus;
  readonly step: string;
  readonly next: string | undefined;
  readonly transient: boolean;

  constructor(message: string, { step, next, cause, transient = false }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.step = step;
    this.next = next;
    this.transient = transient;
  }
}

/** The request cannot be carried out as it was put. */
export class UsageError extends DebrError {
  override readonly status = EXIT.usage;
}

/** The source cannot be reached, is broken, or answers something else than asked. */
export class SourceError extends DebrError {
  override readonly status = EXIT.source;
}

/** The source limits the rate. Always transient. */
export class RateLimitError extends DebrError {
  override readonly status = EXIT.rateLimit;

  constructor(message: string, details: ErrorDetails) {
    super(message, { ...details, transient: true });
  }
}

/** The data broke a rule: too many rejects, nobody valid, a failed expectation. */
export class DataError extends DebrError {
  override readonly status = EXIT.data;
}

/** A check could not run, so nothing is known of the data. */
export class CheckError extends DebrError {
  override readonly status = EXIT.fault;
}

/** Where tables go or come from cannot be read or written: disk, dataset, database, object store. */
export class DestinationError extends DebrError {
  override readonly status = EXIT.destination;
}
