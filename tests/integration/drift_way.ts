/**
 * The description of one change to debr's tables.
 *
 * @module
 */
import type { DifferenceKind } from "../../etl/quality/drift/difference.ts";
import type { Kind } from "./load_support.ts";

/** SQL, either for all servers or by server. */
type Sql = readonly string[] | Readonly<Record<Kind, readonly string[]>>;

/** A change to the tables. */
export interface Way {
  readonly change: Sql;
  /** The expected differences, as kind and place. */
  readonly differs: readonly (readonly [DifferenceKind, string])[];
  /** The expected differences on MySQL, if they include side effects. */
  readonly mysql?: Way["differs"];
  /** The value that `drift` finds for the first difference. */
  readonly found?: string | Readonly<Record<Kind, string>>;
  /** SQL that reverts the change, if the next step is not only SQL. */
  readonly undo?: Sql;
  /** Whether a load is needed afterwards. */
  readonly load?: boolean;
  readonly only?: Kind;
}
