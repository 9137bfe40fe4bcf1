import { assertEquals, assertMatch } from "@std/assert";
import { cookbook } from "../../etl/generate/cookbook.ts";
import { staleFiles } from "../../etl/generate/files.ts";

Deno.test("the cookbook, its notebook and its pictures match the questions", async () => {
  const files = await cookbook();
  const stale = await staleFiles(".", files);
  assertEquals(stale.filter(({ path }) => path in files), []);
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith(".svg")) {
      assertMatch(String(content), /^<svg xmlns="[^"]+" [^>]*width="\d+" height="\d+"/);
      assertEquals(String(content).includes("var("), false, "pictures use no CSS variables");
    }
  }
  const pictures = await Array.fromAsync(Deno.readDir("docs/cookbook"));
  assertEquals(
    pictures.map(({ name }) => `docs/cookbook/${name}`).sort(),
    Object.keys(files).filter((path) => path.endsWith(".svg")).sort(),
  );
});
