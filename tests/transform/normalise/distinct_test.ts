import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { DistinctTexts } from "../../../etl/transform/normalise/distinct.ts";
import { spanOf } from "../../../etl/common/utf8.ts";

Deno.test("any number of texts are numbered in the order of their first occurrence", () => {
  const text = fc.string({ unit: "binary", maxLength: 3 });
  const distinct = new DistinctTexts();
  fc.assert(fc.property(fc.array(text, { maxLength: 500 }), (texts) => {
    distinct.clear();
    const known = [...new Set(texts)];
    assertEquals(
      texts.map((text) => distinct.number(spanOf(text), 0)),
      texts.map((text) => known.indexOf(text)),
    );
    assertEquals(distinct.texts(), known);
    assertEquals(distinct.count, known.length);
  }));
});

Deno.test("a full dictionary adds no text, but finds known ones", () => {
  const distinct = new DistinctTexts();
  const number = (text: string) => distinct.number(spanOf(text), 0, 1);
  assertEquals(["a", "b", "c", "a", "b"].map(number), [0, 1, -1, 0, 1]);
  assertEquals(distinct.texts(), ["a", "b"]);
});

Deno.test("texts are stored as in a Parquet dictionary, each after its length", () => {
  const distinct = new DistinctTexts();
  for (const text of ["é", "", "ab"]) distinct.number(spanOf(text), 0);
  assertEquals([...distinct.sized], [2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0, 2, 0, 0, 0, 0x61, 0x62]);
  assertEquals([...distinct.bytes(2)], [0x61, 0x62]);
});

Deno.test("texts with the same hash stay different", () => {
  // Among so many texts, about 7 pairs have the same hash of 32 bits, whatever the seed is.
  const texts = Array.from({ length: 250_000 }, (_, number) => `${1_000_000 + number * 7}`);
  const distinct = new DistinctTexts();
  for (const text of texts) distinct.number(spanOf(text), 0);
  assertEquals(distinct.count, texts.length);
});
