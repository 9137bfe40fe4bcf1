/**
 * Expectations of the data: what a custom one is made of.
 *
 * @module
 */
export { expectation } from "./expectation.ts";
export { STAGES } from "../../load/dataset/check_history.ts";
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
} from "./expectation.ts";
