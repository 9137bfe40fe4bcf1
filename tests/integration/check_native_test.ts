import { assertEquals } from "@std/assert";
import { assertKinds, evaluateCases } from "../quality/check/kinds.ts";
import { assertPatterns } from "../quality/check/patterns.ts";

Deno.test("each kind of expectation passes on valid and fails on invalid tables on the native engine", async () => {
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

Deno.test("a pattern matches the same texts in JavaScript and in native DuckDB", async () => {
  await assertPatterns("native");
});
