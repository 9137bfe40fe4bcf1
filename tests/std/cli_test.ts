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
    "\u{600}\u{6DD}": 0,
    "\u{115F}\u{FFA0}": 3,
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

Deno.test("promptSecret redraws only the last row of a prompt that is wider than the terminal", () => {
  const keys = [...new TextEncoder().encode("abcd\x7f\x7fe\r")];
  const written: string[] = [];
  const { consoleSize } = Deno;
  const { isTerminal, setRaw, readSync } = Deno.stdin;
  const { writeSync } = Deno.stdout;
  Deno.consoleSize = () => ({ columns: 10, rows: 20 });
  Object.assign(Deno.stdin, {
    isTerminal: () => true,
    setRaw: () => {},
    readSync: (bytes: Uint8Array) => bytes.set([keys.shift()!]) ?? 1,
  });
  Deno.stdout.writeSync = (bytes) => {
    written.push(new TextDecoder().decode(bytes));
    return bytes.length;
  };
  try {
    assertEquals(promptSecret("Secret:"), "abe");
  } finally {
    Object.assign(Deno.stdin, { isTerminal, setRaw, readSync });
    Object.assign(Deno, { consoleSize });
    Deno.stdout.writeSync = writeSync;
  }
  const clear = "\r\x1b[K";
  const drawn = [
    "Secret: ",
    `${clear}Secret: *`,
    `${clear}Secret: **`,
    "*",
    `${clear}**`,
    `${clear}*`,
    `${clear}\r\x1b[1FSecret: **`,
    "*",
    "\n",
  ];
  assertEquals(written.join(""), drawn.join(""));
});
