import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeIndexes, encodeInt64 } from "../../../etl/load/parquet/column.ts";

Deno.test("large and negative integers are encoded as 64 bits", () => {
  fc.assert(fc.property(fc.array(fc.maxSafeInteger()), (values) => {
    const expected = BigInt64Array.from(values, BigInt as never);
    assertEquals(encodeInt64(Float64Array.from(values)), new Uint8Array(expected.buffer));
  }));
});

Deno.test("indexes are bit-packed from the lowest bit in groups of eight", () => {
  // The example of the Parquet specification: 0 to 7 in three bits each.
  const page = encodeIndexes(Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7), 8);
  assertEquals([...page], [3, 1 << 1 | 1, 0b10001000, 0b11000110, 0b11111010]);
});

Deno.test("indexes that do not fill a group are padded with zero", () => {
  assertEquals([...encodeIndexes(Uint32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1), 2)], [1, 5, 0, 1]);
});

Deno.test("the number of groups is a varint with seven bits per byte", () => {
  const page = encodeIndexes(new Uint32Array(600), 2);
  assertEquals([...page.subarray(0, 3)], [1, 0x97, 0x01]);
  assertEquals(page.length, 3 + 75);
});

Deno.test("indexes into a dictionary of one text take one bit", () => {
  assertEquals([...encodeIndexes(new Uint32Array(9), 1)], [1, 2 << 1 | 1, 0, 0]);
});

Deno.test("a page that reuses the buffer contains nothing of the previous page", () => {
  encodeIndexes(new Uint32Array(64).fill(255), 256);
  assertEquals([...encodeIndexes(Uint32Array.of(3), 4)], [2, 3, 3, 0]);
});
