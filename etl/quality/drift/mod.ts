/**
 * The schema against databases, pages and files.
 *
 * @module
 */
export { type Difference, DIFFERENCES } from "./difference.ts";
