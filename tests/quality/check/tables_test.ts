import { assertEquals } from "@std/assert";
import type { Kind } from "../../../etl/quality/check/mod.ts";
import { assertKinds, coveredKinds } from "./kinds.ts";

Deno.test("each kind passes on good tables and fails on bad ones", async () => {
  await assertKinds("wasm");
});

/** The kinds that tables know: a new kind does not compile until it is here. */
const KINDS: Readonly<Record<Exclude<Kind, "intact" | "valid" | "holds">, true>> = {
  between: true,
  compound_unique: true,
  foreign_key: true,
  fresh: true,
  in_set: true,
  length: true,
  matches: true,
  mean_between: true,
  no_drift: true,
  not_null: true,
  proportion_unique_between: true,
  quantile_between: true,
  row_count_between: true,
  row_count_compared: true,
  type: true,
  unique: true,
  violations: true,
};

Deno.test("each kind that tables know has a passing and a failing case", () => {
  assertEquals([...coveredKinds()].sort(), Object.keys(KINDS));
});
