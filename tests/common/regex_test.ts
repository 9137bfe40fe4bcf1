import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../etl/common/errors.ts";
import { translate } from "../../etl/common/regex.ts";
import { assertPatterns } from "../quality/check/patterns.ts";

Deno.test("a pattern matches the same texts in JavaScript and DuckDB", async () => {
  await assertPatterns("wasm");
});

Deno.test("a pattern is translated to the syntax of each dialect", () => {
  assertEquals(translate(/^\d+$/, "re2"), "^[\\x{30}-\\x{39}]+$");
  assertEquals(translate(/^\d+$/, "python"), "^[\\U00000030-\\U00000039]+\\Z");
  assertEquals(translate(/^https?:\/\/\.$/, "re2"), "^https?://\\.$");
  assertEquals(translate(/^[^\ufeff\p{Surrogate}]*$/u, "re2"), "()^[^\\x{feff}]*$");
});

const REFUSED: readonly RegExp[] = [
  /a/i,
  /a$/m,
  /a.b/s,
  /(?=a)/,
  /(?!a)/,
  /(?<=a)b/,
  /(?<name>a)/,
  /(a)\1/,
  /\ba/,
  /\p{L}/u,
  /[\P{Surrogate}]/u,
  /[^\p{Surrogate}]/u,
  /[\S]/,
];

for (const pattern of REFUSED) {
  Deno.test(`${pattern} has no equivalent in every dialect and is refused`, () => {
    assertThrows(() => translate(pattern, "re2"), UsageError, "Cannot use pattern");
    assertThrows(() => translate(pattern, "python"), UsageError, "Cannot use pattern");
  });
}
