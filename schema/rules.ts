/**
 * The rules of a column that other engines can check: databases, dbt, expectations. They are read
 * from the Valibot schema of its values, so that no rule is written twice.
 *
 * @module
 */
import type { Column } from "./column.ts";
import { choicesOf, flat, metadataOf, patternOf, rangeOf, wantsText } from "./valibot/parts.ts";

/** The rules for the values of a column, in addition to their type. */
export interface Rules {
  /** The allowed values, if there is a list of them. */
  readonly oneOf?: readonly string[];
  /** Patterns that the text must match. */
  readonly patterns: readonly RegExp[];
  /** Whether the text must not be empty. */
  readonly filled: boolean;
  /** Smallest and largest allowed number. */
  readonly range?: { readonly min: number; readonly max: number };
}

/**
 * Reads the rules of a column, except checks that are plain functions.
 *
 * @example
 * ```ts
 * import { rulesOf, TABLES } from "@debr/debr/schema";
 *
 * const { oneOf } = rulesOf(TABLES.users.columns.gender);
 * if (oneOf?.join() !== "female,male") throw new Error(`Expected others than ${oneOf}`);
 * ```
 */
export function rulesOf(schema: Column): Rules {
  const items = flat(schema);
  const { min, max } = rangeOf(items);
  const { range = Number.isFinite(max - min) ? { min, max } : undefined } = metadataOf(items);
  const oneOf = items.map(choicesOf).find((choices) => choices !== undefined);
  return {
    patterns: items.flatMap((item) => patternOf(item) ?? []),
    filled: items.some(wantsText),
    ...(oneOf && { oneOf }),
    ...(range && { range }),
  };
}
