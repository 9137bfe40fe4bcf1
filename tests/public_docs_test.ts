import { assertEquals } from "@std/assert";

Deno.test("every export is documented, and its types are exported", async () => {
  const { default: { exports } } = await import("../deno.json", { with: { type: "json" } });
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...Object.values(exports)],
    cwd: new URL("../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  const found = new TextDecoder().decode(stderr).matchAll(/^error\[[\w-]+\]: (.*)\n *--> (.*)/gm);
  assertEquals([...found].map(([, what, where]) => `${what} ${where}`), []);
});
