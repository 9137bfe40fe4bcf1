// Compares the schema with databases, pages and files.
export { type Difference, DIFFERENCES } from "./difference.ts";
