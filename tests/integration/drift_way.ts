/**
 * How a way to change debr's tables is written down.
 *
 * @module
 */
import type { DifferenceKind } from "../../etl/quality/drift/difference.ts";
import type { Kind } from "./load_support.ts";

/** SQL, the same for all or by server. */
type Sql = readonly string[] | Readonly<Record<Kind, readonly string[]>>;

/** A way. */
export interface Way {
  readonly change: Sql;
  /** The differences it makes, as kind and place. */
  readonly differs: readonly (readonly [DifferenceKind, string])[];
  /** Those it makes on MySQL, where it cannot be done alone. */
  readonly mysql?: Way["differs"];
  /** What was found, of the first difference. */
  readonly found?: string | Readonly<Record<Kind, string>>;
  /** SQL that brings it back, where what is said to be done is no SQL alone. */
  readonly undo?: Sql;
  /** Whether a load is needed then. */
  readonly load?: boolean;
  readonly only?: Kind;
}
