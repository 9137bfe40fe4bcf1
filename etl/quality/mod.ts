/**
 * The library for custom expectations.
 *
 * @module
 */
export { expectation } from "./check/expectation.ts";
export { STAGES } from "../common/stages.ts";
export type {
  Bounds,
  Expectation,
  FigureRule,
  KeyRule,
  Kind,
  Limit,
  RowRule,
  Rule,
  Severity,
  Spec,
  Stage,
  StageRule,
  Subject,
  TableRule,
} from "./check/expectation.ts";
