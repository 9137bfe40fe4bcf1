import { assertEquals } from "@std/assert";
import { decodeIds, encodeIds, idKey } from "../../../etl/load/dataset/ids.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Makes sorted ids of 16 bytes from their first and last byte. */
function ids(...ends: readonly (readonly [number, number])[]): Bytes {
  const bytes = new Uint8Array(ends.length * 16);
  ends.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(([first, last], row) => {
    bytes[row * 16] = first;
    bytes[row * 16 + 15] = last;
  });
  return bytes;
}

Deno.test("encoded ids decode to the same ids", () => {
  const some = ids([0, 0], [0, 1], [3, 9], [255, 255]);
  assertEquals(decodeIds(encodeIds(some)), some);
  assertEquals(decodeIds(encodeIds(ids())), ids());
  assertEquals(idKey(some, 2), idKey(ids([3, 9]), 0));
});
