import { assertEquals } from "@std/assert";
import { assertKinds, coveredKinds } from "./kinds.ts";

Deno.test("each kind passes on good tables and fails on bad ones", async () => {
  await assertKinds("wasm");
});

Deno.test("each kind that tables know has a passing and a failing case", () => {
  assertEquals(
    [...coveredKinds()].sort(),
    [
      "between",
      "compound_unique",
      "foreign_key",
      "fresh",
      "in_set",
      "length",
      "matches",
      "mean_between",
      "no_drift",
      "not_null",
      "proportion_unique_between",
      "quantile_between",
      "row_count_between",
      "row_count_compared",
      "type",
      "unique",
      "violations",
    ],
  );
});
