import { assertEquals } from "@std/assert";
import type { Kind } from "../../../etl/quality/check/mod.ts";
import { assertKinds, coveredKinds } from "./kinds.ts";

Deno.test("each kind passes on good tables and fails on bad ones", async () => {
  await assertKinds("wasm");
});

/** The kinds that apply to tables: a new kind does not compile until it is listed here. */
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

Deno.test("each kind that applies to tables has a case", () => {
  assertEquals([...coveredKinds()].sort(), Object.keys(KINDS));
});
