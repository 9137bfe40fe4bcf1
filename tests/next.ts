/**
 * What an error says to do next, as the screen shows it.
 *
 * @module
 */
import { nextText, type Where } from "../etl/cli/next_steps.ts";
import type { DebrError } from "../etl/common/errors.ts";

/** The words below an error's message; empty where there are none. */
export function nextOf(
  { next }: Pick<DebrError, "next">,
  where: Where = { terminal: true },
): string {
  return nextText(next, where) ?? "";
}
