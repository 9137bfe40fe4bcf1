import { assertEquals } from "@std/assert";
import { assertKinds, evaluateCases } from "../quality/check/kinds.ts";
import { assertPatterns } from "../quality/check/patterns.ts";

Deno.test("each kind passes on good tables and fails on bad ones, on the native engine", async () => {
  await assertKinds("native");
});

Deno.test("both engines give the same outcomes", async () => {
  const [wasm, native] = [await evaluateCases("wasm"), await evaluateCases("native")];
  const seen = ({ good, bad }: typeof wasm) =>
    [...good, ...bad].map(({ expectation, sample: _, ...outcome }) => ({
      name: expectation.name,
      ...outcome,
    }));
  assertEquals(seen(native), seen(wasm));
});

Deno.test("a pattern says the same of every text in JavaScript and the native DuckDB", async () => {
  await assertPatterns("native");
});
