/**
 * The schema of the data: the API's person and page, six tables, their columns and privacy classes.
 *
 * @module
 */
export {
  type Column,
  type ColumnMeta,
  columnMeta,
  type ColumnType,
  DECIMAL,
  PRIVACY,
  type Privacy,
  type TypedColumn,
  type TypeOf,
  type ValueOf,
} from "./column.ts";
export * from "./countries.ts";
export * from "./page.ts";
export * from "./person.ts";
export * from "./registry.ts";
export * from "./rules.ts";
export {
  type AnyTable,
  type Columns,
  columnsOf,
  type ForeignKey,
  type NamedColumn,
  type Table,
  tablePrivacy,
} from "./table.ts";
export type { Schema } from "./valibot/schema.ts";
