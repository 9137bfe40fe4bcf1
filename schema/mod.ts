/**
 * What the data is: the API's person and page, the six tables, their columns and privacy classes.
 *
 * @module
 */
export * from "./column.ts";
export * from "./constraints.ts";
export * from "./countries.ts";
export * from "./page.ts";
export * from "./person.ts";
export * from "./registry.ts";
export * from "./table.ts";
