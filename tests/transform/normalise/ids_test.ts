import { assertEquals } from "@std/assert";
import { IdColumn, orderOfIds } from "../../../etl/transform/normalise/ids.ts";

/** Makes ids with equal first and last bytes, so that hash tables get collisions. */
function alike(number: number): Uint32Array {
  return Uint32Array.of(0, number, 0, 7);
}

Deno.test("an id is found at its row, also after the column has grown", () => {
  const ids = new IdColumn();
  for (let row = 0; row < 3_000; row++) assertEquals(ids.add(alike(row)), -1);
  assertEquals(ids.add(alike(2_345)), 2_345);
  assertEquals(ids.length, 3_000);
  assertEquals(new Uint32Array(ids.bytes.slice().buffer).slice(-4), alike(2_999));
});

Deno.test("ids are sorted by their bytes", () => {
  const ids = ["20ff", "1000", "2001", "1000", "00ff"];
  const bytes = Uint8Array.fromHex(ids.map((id) => id.padEnd(32, "0")).join(""));
  bytes[16 + 15] = 9;
  assertEquals([...orderOfIds(bytes)], [4, 3, 1, 2, 0]);
});
