/**
 * The rules of a column that others than Valibot can check: databases, dbt, expectations. Read from
 * the schema of its values, so that no rule is written twice.
 *
 * @module
 */
import type { Column } from "./column.ts";
import { choicesOf, flat, metadataOf, patternOf, rangeOf, wantsText } from "./valibot/parts.ts";

/** What the values of a column keep to, beside their type. */
export interface Rules {
  /** The values there are, where they are few. */
  readonly oneOf?: readonly string[];
  /** What the text matches. */
  readonly patterns: readonly RegExp[];
  /** Whether text holds one character at least. */
  readonly filled: boolean;
  /** Smallest and largest number, both included. */
  readonly range?: { readonly min: number; readonly max: number };
}

/**
 * Reads the rules of a column. Checks that are plain functions cannot be read and are left out.
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
