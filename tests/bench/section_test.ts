import { assertEquals, assertThrows } from "@std/assert";
import { withSection } from "./section.ts";

Deno.test("a section is replaced and the rest of the document stays", () => {
  const document = "# A\n\n<!-- night -->\n\nold\n\n<!-- /night -->\n\n## B\n";
  const written = "# A\n\n<!-- night -->\n\nnew\n\n<!-- /night -->\n\n## B\n";
  assertEquals(withSection(document, { name: "night", text: "new\n" }), written);
  assertThrows(() => withSection(document, { name: "day", text: "" }), Error, "<!-- day -->");
});
