/**
 * The adapters of `@std/cli` do what its documentation says.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import { promptSecret } from "@std/cli/prompt-secret";
import { unicodeWidth } from "@std/cli/unicode-width";

Deno.test("unicodeWidth counts columns by code point", () => {
  const widths = {
    "hello world": 11,
    "天地玄黃宇宙洪荒": 16,
    "fullwidth": 9,
    "ｆｕｌｌ": 8,
    "": 0,
  };
  for (const [text, width] of Object.entries(widths)) assertEquals(unicodeWidth(text), width, text);
  assertEquals(unicodeWidth("e\u0301\u200b\0\n"), 1);
});

Deno.test("parseArgs reads flags, texts, lists, negations, defaults and what follows --", () => {
  assertEquals(parseArgs(["--foo", "--bar=baz", "./quux.txt"]), {
    foo: true,
    bar: "baz",
    _: ["./quux.txt"],
  });
  assertEquals(parseArgs(["--quick", "7"], { boolean: ["quick", "night"] }), {
    quick: true,
    night: false,
    _: [7],
  });
  assertEquals(parseArgs(["--id", "007"], { string: ["id"] }).id, "007");
  assertEquals(parseArgs(["-n", "5", "-ab"], { alias: { n: "count" } }), {
    n: 5,
    count: 5,
    a: true,
    b: true,
    _: [],
  });
  assertEquals(parseArgs(["--x", "1", "--x", "2"]).x, 2);
  assertEquals(parseArgs(["--x", "1", "--x", "2"], { collect: ["x"] }).x, [1, 2]);
  assertEquals(
    parseArgs(["--no-color"], { boolean: ["color"], negatable: ["color"] }).color,
    false,
  );
  assertEquals(parseArgs(["--no-color"])["no-color"], true);
  assertEquals(parseArgs([], { default: { port: 80 } }).port, 80);
  assertEquals(parseArgs(["--", "a", "1"])._, ["a", "1"]);
  assertEquals(parseArgs(["--", "a"], { "--": true })["--"], ["a"]);
  assertEquals(parseArgs(["a", "--b"], { stopEarly: true })._, ["a", "--b"]);
});

Deno.test({
  name: "promptSecret gives null where nobody sits at a terminal",
  ignore: Deno.stdin.isTerminal(),
  fn: () => assertEquals(promptSecret("Secret"), null),
});
