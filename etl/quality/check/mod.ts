export { DUCKDB } from "./ask.ts";
export { loadCustom } from "./custom.ts";
export { columnsOfRule } from "./expectation.ts";
export type * from "./expectation.ts";
export type { Outcome, Surroundings } from "./outcome.ts";
export { type CheckResult, isFailure, pastRun, statusOf, tally } from "./result.ts";
export { brokenRows, figureSql, type FoundTables, totalSql } from "./sql.ts";
export { suiteOf } from "./suite.ts";
