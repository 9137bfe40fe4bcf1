/**
 * The next step of an error, as the screen shows it.
 *
 * @module
 */
import { nextText, type Where } from "../etl/cli/next_steps.ts";
import type { DebrError } from "../etl/common/errors.ts";

/** Returns the text of the next step; empty if the error has none. */
export function nextOf(
  { next }: Pick<DebrError, "next">,
  where: Where = { terminal: true },
): string {
  return nextText(next, where) ?? "";
}
