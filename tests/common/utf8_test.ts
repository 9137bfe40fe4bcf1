import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ByteBuffer, codePointAt, sizeOfCharacter, spanOf } from "../../etl/common/utf8.ts";

/** Any UTF-16 code units, including lone surrogates. */
const anyText = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })),
).map((units) => String.fromCharCode(...units));

function sizedTexts(texts: readonly string[]): Uint8Array {
  const bytes = new ByteBuffer(1);
  for (const text of texts) bytes.sizedSpan(spanOf(text), 0);
  return bytes.written;
}

Deno.test("texts have the same bytes as from TextEncoder, each after its length", () => {
  fc.assert(fc.property(fc.array(anyText), (texts) => {
    const expected = texts.flatMap((text) => {
      const bytes = new TextEncoder().encode(text);
      return [...new Uint8Array(Uint32Array.of(bytes.length).buffer), ...bytes];
    });
    assertEquals([...sizedTexts(texts)], expected);
  }));
});

Deno.test("characters are decoded from their bytes with their size", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const bytes = new TextEncoder().encode(text);
    const codes: number[] = [];
    for (let at = 0; at < bytes.length; at += sizeOfCharacter(bytes[at]!)) {
      codes.push(codePointAt(bytes, at));
    }
    assertEquals(codes, Array.from(text, (char) => char.codePointAt(0)!));
  }));
});

Deno.test("a text longer than 65,535 bytes keeps its length", () => {
  const page = sizedTexts(["x".repeat(70_000)]);
  assertEquals([...page.subarray(0, 4)], [...new Uint8Array(Uint32Array.of(70_000).buffer)]);
});

Deno.test("a buffer keeps its content while it grows and is empty after a clear", () => {
  const buffer = new ByteBuffer(1);
  buffer.text("é");
  buffer.byte(0x1f);
  buffer.bytes(Uint8Array.of(1, 2, 3));
  assertEquals([...buffer.written], [0xc3, 0xa9, 0x1f, 1, 2, 3]);
  buffer.clear();
  assertEquals(buffer.text("x"), 1);
  assertEquals([...buffer.written], [0x78]);
});
