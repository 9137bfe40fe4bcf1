/**
 * What the Valibot schema of a column says of its values, as far as other engines can check it too.
 *
 * @module
 */
import type { Column } from "./column.ts";

/** Rules that hold for every value of a column. */
export interface Constraints {
  /** The only values there are. */
  readonly options: readonly string[] | undefined;
  /** Whether text may not be empty. */
  readonly nonEmpty: boolean;
  /**
   * Patterns of nothing but plain ASCII: classes such as `\s` and negated ones take in other
   * characters in other engines, which would refuse values that debr accepts.
   */
  readonly patterns: readonly string[];
}

/** A schema or an action of a pipe, as far as it is looked into. */
interface Item {
  readonly type: string;
  readonly options?: readonly string[];
  readonly requirement?: unknown;
  readonly pipe?: readonly Item[];
}

const PLAIN = /^[\x20-\x7e]*$/;
const LOCAL = /\\[^d.]|\[\^/;

function leaves(item: Item): readonly Item[] {
  const [first, ...rest] = item.pipe ?? [item];
  return [...(first === undefined || first === item ? [item] : leaves(first)), ...rest];
}

/** Reads the {@link Constraints} of a column from its schema. */
export function constraintsOf(schema: Column): Constraints {
  const items = leaves(schema as unknown as Item);
  return {
    options: items.find(({ type }) => type === "picklist")?.options,
    nonEmpty: items.some(({ type }) => type === "non_empty"),
    patterns: items
      .map(({ requirement }) => requirement)
      .filter((rule) => rule instanceof RegExp && rule.flags === "")
      .map((rule) => (rule as RegExp).source)
      .filter((source) => PLAIN.test(source) && !LOCAL.test(source))
      .map((source) => source.replaceAll("\\d", "[0-9]")),
  };
}
