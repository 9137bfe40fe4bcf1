// What is compared: a table of the schema and one of a database.
import type { Alter, Catalog, CatalogTable, DatabaseTable } from "../../load/database/mod.ts";

/** A table as the schema has it and as it was found, and who writes the SQL to set it right. */
export interface Pair {
  readonly table: DatabaseTable;
  readonly expected: CatalogTable;
  readonly found: CatalogTable;
  readonly catalog: Catalog;
  readonly alter: Alter;
}
