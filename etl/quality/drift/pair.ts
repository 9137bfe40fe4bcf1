import type { Alter, Catalog, CatalogTable, DatabaseTable } from "../../load/database/mod.ts";

/** A table of the schema and the one in a database, and the writer of SQL to repair it. */
export interface Pair {
  readonly table: DatabaseTable;
  readonly expected: CatalogTable;
  readonly found: CatalogTable;
  readonly catalog: Catalog;
  readonly alter: Alter;
}
