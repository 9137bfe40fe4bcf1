/**
 * Expectations for `deno task check`: what a custom one is made of.
 *
 * @module
 */
export { expectation } from "./expectation.ts";
export type { Expectation, Kind, Rule, Severity, Spec, Stage, Subject } from "./expectation.ts";
