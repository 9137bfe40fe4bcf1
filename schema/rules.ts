/**
 * The rules of a column that others than Valibot can check: databases, dbt, expectations. Read from
 * the schema of its values, so that no rule is written twice.
 *
 * @module
 */
import * as v from "valibot";
import type { Column } from "./column.ts";

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

/** What a pipe is made of: a schema first, then actions. */
interface Item {
  readonly type: string;
  readonly pipe?: readonly Item[];
  readonly options?: readonly string[];
  readonly requirement?: unknown;
}

function flat(item: Item): readonly Item[] {
  return item.pipe === undefined ? [item] : item.pipe.flatMap(flat);
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
  const items = flat(schema as unknown as Item);
  const bounds = (type: string) =>
    items.filter((item) => item.type === type).map(({ requirement }) => Number(requirement));
  const [min, max] = [Math.max(...bounds("min_value")), Math.min(...bounds("max_value"))];
  const { range = Number.isFinite(min) && Number.isFinite(max) ? { min, max } : undefined } = v
    .getMetadata(schema as v.GenericSchema) as Pick<Rules, "range">;
  const oneOf = items.find(({ type }) => type === "picklist")?.options;
  return {
    patterns: items.flatMap(({ requirement }) => requirement instanceof RegExp ? requirement : []),
    filled: items.some(({ type }) => type === "non_empty"),
    ...(oneOf && { oneOf }),
    ...(range && { range }),
  };
}
