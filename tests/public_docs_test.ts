import { assertEquals } from "@std/assert";

/** Types of Valibot that stand in ours: without them, what a table gives could not be inferred. */
const OF_VALIBOT = [
  `public type 'AnyTable["row"]' references private type 'GenericSchema'`,
  "public type 'Column' references private type 'GenericSchema'",
  `public type 'Table["row"]' references private type 'StrictObjectSchema'`,
];

Deno.test("everything that is exported is documented, with types that are exported too", async () => {
  const { default: { exports } } = await import("../deno.json", { with: { type: "json" } });
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...Object.values(exports)],
    cwd: new URL("../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  const found = new TextDecoder().decode(stderr).matchAll(/^error\[[\w-]+\]: (.*)\n *--> (.*)/gm);
  const problems = [...found].filter(([, what = ""]) => !OF_VALIBOT.includes(what));
  assertEquals(problems.map(([, what, where]) => `${what} ${where}`), []);
});
