import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { ByteBuffer, spanOf } from "../../../etl/common/utf8.ts";

/** Makes texts with `distinct` different values. */
function many(rows: number, distinct: number): string[] {
  return Array.from({ length: rows }, (_, row) => `é${row % distinct}`);
}

Deno.test("a dictionary has each text once, in the order of first occurrence", () => {
  const { dictionary } = Texts.from(["b", "a", "b", "b"]);
  assertEquals(dictionary?.distinct.texts(), ["b", "a"]);
  assertEquals(dictionary?.indexes, Uint32Array.of(0, 1, 0, 0));
});

Deno.test("texts that rarely repeat get no dictionary", () => {
  assertEquals(Texts.from(["a", "b", "a"]).dictionary, undefined);
  assertEquals(Texts.from(many(3_000, 3_000)).dictionary, undefined);
});

Deno.test("texts that start to repeat late get a dictionary", () => {
  assert(Texts.from(many(3_000, 1_000)).dictionary);
});

for (const [rows, distinct] of [[5, 3], [5, 5], [5_000, 100], [5_000, 5_000]] as const) {
  Deno.test(`${rows} texts, ${distinct} of them distinct, are read back in order`, () => {
    const texts = many(rows, distinct);
    const column = Texts.from(texts);
    assertEquals([...column], texts);
    const spans = column.spans();
    assertEquals(texts.map((_, row) => spans.text(row)), texts);
    assertEquals([...column.slice(1, 4)], texts.slice(1, 4));
    const sized = new ByteBuffer();
    for (const text of texts) sized.sizedSpan(spanOf(text), 0);
    assertEquals(column.spellOut(), sized.written);
    assertEquals([...column], texts);
    assertEquals(column.length, rows);
  });
}

Deno.test("texts are copied from bytes in larger buffers", () => {
  const column = new Texts();
  for (const page of ["-a-é-", "+b+😀+"].map((text) => new TextEncoder().encode(text))) {
    column.pushBytes(page.subarray(1, 2));
    column.pushBytes(page.subarray(3, -1));
    column.pushBytes(page.subarray(0, 0));
  }
  assertEquals([...column], ["a", "é", "", "b", "😀", ""]);
});

Deno.test("any texts are read back unchanged", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(fc.property(fc.array(text), (texts) => {
    const column = Texts.from(texts);
    column.spellOut();
    assertEquals([...column], texts);
  }));
});
