/**
 * The suite for Great Expectations 1.x.
 *
 * @module
 */
import type { Expectation } from "./expectation.ts";

/** x */
export function greatExpectations(_: readonly Expectation[]): string {
  return "";
}
