/**
 * How `query` says no.
 *
 * @module
 */
import { UsageError } from "../common/errors.ts";

/** Why most statements are refused. */
export const ONLY_READS = "query only reads the tables of the dataset";

/** Says no to a statement, and what to do instead. */
export function refusal(what: string, why: string, next: string): UsageError {
  return new UsageError(`Refused to run ${what}: ${why}`, { step: "query", next });
}
