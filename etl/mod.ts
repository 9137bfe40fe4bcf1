/**
 * debr as a library: fetch people from the randomuser.me API, every one checked, as people or as six
 * tables.
 *
 * @module
 */
export * from "./errors.ts";
export type { Effects } from "./effects.ts";
export { type EventCode, type EventData, EVENTS, type LogEvent } from "./events.ts";
export { Budget, type Spending, type Taken, type TakeOptions } from "./source/budget.ts";
export type { Columnar, Tables } from "./normalise/decode.ts";
export * from "./random_user.ts";
export { type PageRequest, PUBLIC_API, type RandomUserOptions } from "./source/request.ts";
export type { CheckedPage, PageRule } from "./validate/page.ts";
export { PAGE_RULES, PageError } from "./validate/page.ts";
export type { Failure, Reject } from "./validate/person.ts";
export { VERSION } from "./version.ts";
export type { ApiVersion, Nationality, Person } from "../schema/mod.ts";
