import type { NextStep } from "../../common/next_step.ts";
import type { Alter, Catalog, CatalogTable, DatabaseTable } from "../../load/database/mod.ts";

export const DIFFERENCES = {
  missing_table: "missing table",
  added_table: "added table",
  changed_table: "changed table",
  missing_column: "missing column",
  added_column: "added column",
  renamed_column: "renamed column",
  retyped_column: "other type",
  nullability: "other nullability",
  default: "other default",
  identity: "other identity",
  collation: "other collation",
  comment: "other comment",
  missing_primary_key: "missing primary key",
  changed_primary_key: "other primary key",
  missing_unique_key: "missing unique key",
  added_unique_key: "added unique key",
  missing_foreign_key: "missing foreign key",
  changed_foreign_key: "other foreign key",
  added_foreign_key: "added foreign key",
  missing_check: "missing check",
  changed_check: "other check",
  added_check: "added check",
  missing_index: "missing index",
  added_index: "added index",
  trigger: "added trigger",
  version: "other version",
  missing_role: "missing role",
  missing_grant: "missing grant",
  added_grant: "added grant",
  missing_field: "lost field",
  added_field: "added field",
  retyped_field: "other type",
  unreadable: "not readable",
} as const;

export type DifferenceKind = keyof typeof DIFFERENCES;

export interface Difference {
  readonly kind: DifferenceKind;
  /** The place, such as `users.city`. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  /** Advice in words, or a next step with its facts. */
  readonly next?: string | NextStep;
  /** Statements that undo the difference, in order. */
  readonly sql?: readonly string[];
}

export const NOTHING = "–";

/** A table of the schema, the same table of a database, and the writer of SQL that repairs it. */
export interface Pair {
  readonly table: DatabaseTable;
  readonly expected: CatalogTable;
  readonly found: CatalogTable;
  readonly catalog: Catalog;
  readonly alter: Alter;
}
