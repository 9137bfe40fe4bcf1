// The schema against databases, pages and files.
export { type Difference, DIFFERENCES } from "./difference.ts";
