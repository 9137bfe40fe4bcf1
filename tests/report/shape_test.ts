/**
 * Shapes in SQL equal the shapes of masks.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { html, percent } from "../../etl/report/html.ts";
import { shapeSql } from "../../etl/report/profile.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { shape } from "../../etl/transform/validate/mask.ts";

const TEXTS = [
  "Ada Example",
  "Ærøskøbing x X 9",
  "ß ǅ ʰ نیما\u200cپی 美咲 é e\u0301",
  "٣ ½ Ⅷ +1 (555) 010-99",
  "a.b@c.example",
  '😀 O\'Neil "x" $1 \\1',
  "",
  "x.9-X:",
];

Deno.test("SQL gives the same shape as the mask", async () => {
  const dataset = await openDataset("data/sample");
  try {
    const values = TEXTS.map((text, at) => `(${at}, '${text.replaceAll("'", "''")}')`);
    const result = await dataset.query(
      `select ${shapeSql("t")} from (values ${values.join(", ")}) v(n, t) order by n`,
    );
    assertEquals((await result.rows()).map(([text]) => text as string), TEXTS.map(shape));
  } finally {
    dataset.close();
  }
});

Deno.test("a text in HTML is escaped, and a piece of HTML is not", () => {
  const piece = html`<b title="${`"a' & <b>`}">${["<i>", html`<i>`, undefined, 1]}</b>`;
  assertEquals(piece.text, '<b title="&quot;a&#39; &amp; &lt;b&gt;">&lt;i&gt;<i>1</b>');
});

Deno.test("a small share is never rounded to 0%", () => {
  assertEquals([0, 0.0001, 0.0123, 0.0996, 1].map(percent), ["0%", "<0.1%", "1.2%", "10%", "100%"]);
});
