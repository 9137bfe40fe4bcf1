import { DestinationError, type ErrorDetails, UsageError } from "../common/errors.ts";
import { nearest } from "../common/nearest.ts";

type Details = Omit<ErrorDetails, "step">;

export const ONLY_READS = "query only reads the tables of the dataset";

export const BY_NAME = "Read the tables by their names; `.tables` lists them";

/** Details of an error that a running commit causes. */
export const AGAIN: Details = { next: "Run it again", transient: true };

/** Details of an error that the native engine does not have. */
export const NATIVE = { next: { code: "native_runs_it" } } as const;

export function usage(message: string, details: Details = {}): UsageError {
  return new UsageError(message, { step: "query", ...details });
}

export function refusal(what: string, next: string, why = ONLY_READS): UsageError {
  return usage(`Refused to run ${what}: ${why}`, { next });
}

export function unreadable(why: string, details: Details): DestinationError {
  return new DestinationError(`Cannot read dataset: ${why}`, { step: "query", ...details });
}

export function didYouMean(word: string, names: readonly string[]): string {
  const meant = nearest(word, names);
  return meant === undefined ? "" : `. Did you mean "${meant}"?`;
}
