/**
 * debr as a library: fetches and validates people from the randomuser.me API, as people or as six
 * tables.
 *
 * @module
 */
export * from "./common/errors.ts";
export type { At, NextStep, None, Request, StepCode, StepFacts } from "./common/next_step.ts";
export type { Effects } from "./common/effects.ts";
export { type EventCode, type EventData, EVENTS, type LogEvent } from "./common/events.ts";
export {
  Budget,
  type Reservation,
  type ReserveOptions,
  type Spending,
} from "./extract/api/budget.ts";
export type { Columnar, Tables } from "./transform/normalise/mod.ts";
export * from "./random_user.ts";
export { type PageRequest, PUBLIC_API, type RandomUserOptions } from "./extract/api/request.ts";
export type { CheckedPage, PageRule } from "./extract/pages/page.ts";
export { PAGE_RULES, PageError } from "./extract/pages/page.ts";
export type { Failure, Reject } from "./transform/validate/person.ts";
export { VERSION } from "./common/version.ts";
export type { ApiVersion, Nationality, Person } from "../schema/mod.ts";
