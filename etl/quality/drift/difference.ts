import type { NextStep } from "../../common/next_step.ts";
import type { Alter, Catalog, CatalogTable, DatabaseTable } from "../../load/database/mod.ts";

/** The kind of a difference. With spaces for `_`, it is the text that people read. */
export type DifferenceKind =
  | `${"missing" | "added" | "changed"}_${"table" | "foreign_key" | "check"}`
  | `${"missing" | "added" | "renamed" | "retyped"}_column`
  | `${"missing" | "changed"}_primary_key`
  | `${"missing" | "added"}_${"unique_key" | "index" | "grant"}`
  | `${"missing" | "added" | "retyped"}_field`
  | ("nullability" | "default" | "identity" | "collation" | "comment")
  | ("missing_role" | "trigger" | "version" | "unreadable");

export interface Difference {
  readonly kind: DifferenceKind;
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  readonly next?: string | NextStep;
  readonly sql?: readonly string[];
}

export const NOTHING = "–";

export function differ(
  kind: DifferenceKind,
  place: string,
  { expected = NOTHING, found = NOTHING, ...repair }: Partial<Omit<Difference, "kind" | "place">>,
): Difference {
  return { kind, place, expected, found, ...repair };
}

export interface Pair {
  readonly table: DatabaseTable;
  readonly expected: CatalogTable;
  readonly found: CatalogTable;
  readonly catalog: Catalog;
  readonly alter: Alter;
}
