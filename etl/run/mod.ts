export { type Estimate, estimate, fetchTime } from "./estimate.ts";
export { findScanner, type PageDocument, pageDocuments } from "./open_pages.ts";
export { type Plan, plan, type PlanEffects, type Wanted } from "./plan.ts";
export { type Cause, causesIn } from "./rejects.ts";
export { type Replayed, replayRejects } from "./replay.ts";
export { extract, type ExtractResult } from "./run.ts";
