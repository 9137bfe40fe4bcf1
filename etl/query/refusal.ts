import { UsageError } from "../common/errors.ts";

export const ONLY_READS = "query only reads the tables of the dataset";

export function refusal(what: string, why: string, next: string): UsageError {
  return new UsageError(`Refused to run ${what}: ${why}`, { step: "query", next });
}
