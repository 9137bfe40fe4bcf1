// Expectations and their outcomes on tables, pages and databases.
export { loadCustom } from "./custom.ts";
export { DUCKDB } from "./dialect.ts";
export { columnsOfRule, expectation } from "./expectation.ts";
export type * from "./expectation.ts";
export { type Outcome } from "./outcome.ts";
export { lastWritten } from "./page_files.ts";
export { type CheckResult, isFailure, pastRun, statusOf, tally } from "./result.ts";
export { brokenRows, figureSql, type FoundTables, totalSql } from "./sql.ts";
export { suiteOf } from "./suite.ts";
export type { Surroundings } from "./surroundings.ts";
