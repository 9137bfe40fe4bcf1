/**
 * The adapters of `@std/cli` behave as its documentation describes.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { promptSecret } from "@std/cli/prompt-secret";
import { unicodeWidth } from "@std/cli/unicode-width";

Deno.test("unicodeWidth counts columns by code point", () => {
  const widths = {
    "hello world": 11,
    "天地玄黃宇宙洪荒": 16,
    "fullwidth": 9,
    "ｆｕｌｌ": 8,
    "\u{1F1E9}\u{1F1EA}": 2,
    "\u1112\u1161\u11ab": 2,
    "soft\u00adhyphen": 11,
    "": 0,
  };
  for (const [text, width] of Object.entries(widths)) assertEquals(unicodeWidth(text), width, text);
  assertEquals(unicodeWidth("e\u0301\u200b\0\n"), 1);
});

Deno.test({
  name: "promptSecret returns null without a terminal",
  ignore: Deno.stdin.isTerminal(),
  fn: () => assertEquals(promptSecret("Secret"), null),
});
