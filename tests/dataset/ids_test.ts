import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeIds, encodeIds, findRepeated, idKey } from "../../etl/dataset/ids.ts";
import { temporary } from "../temporary.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Ids by their first and last byte, ascending, 16 bytes each. */
function ids(...ends: readonly (readonly [number, number])[]): Bytes {
  const bytes = new Uint8Array(ends.length * 16);
  ends.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(([first, last], row) => {
    bytes[row * 16] = first;
    bytes[row * 16 + 15] = last;
  });
  return bytes;
}

async function repeatedIn(files: readonly Bytes[]): Promise<Record<number, string[]>> {
  await using folder = await temporary();
  const paths = files.map((_, at) => `${folder.path}/${at}`);
  for (const [at, path] of paths.entries()) await Deno.writeFile(path, encodeIds(files[at]!));
  return Object.fromEntries(
    [...findRepeated(paths)].map(([at, keys]) => [
      at,
      [...keys].map((key) => `${key.charCodeAt(0)}:${key.charCodeAt(15)}`).sort(),
    ]),
  );
}

Deno.test("ids come back as they were", () => {
  const some = ids([0, 0], [0, 1], [3, 9], [255, 255]);
  assertEquals(decodeIds(encodeIds(some)), some);
  assertEquals(decodeIds(encodeIds(ids())), ids());
  assertEquals(idKey(some, 2), idKey(ids([3, 9]), 0));
});

Deno.test("ids in several files are found where they come again, in every bucket", async () => {
  const one = ids([0, 1], [3, 1], [4, 1], [255, 1]);
  const two = ids([0, 2], [3, 1], [255, 1]);
  const three = ids([0, 2], [4, 1], [255, 1], [255, 2]);
  assertEquals(await repeatedIn([one, two, three]), {
    1: ["255:1", "3:1"],
    2: ["0:2", "255:1", "4:1"],
  });
  assertEquals(await repeatedIn([one, ids(), ids([9, 9])]), {});
});

Deno.test("any ids in any files are found as a set finds them", async () => {
  const end = fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 2 }));
  const files = fc.array(
    fc.uniqueArray(end, { maxLength: 30, selector: String }),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(files, async (files) => {
      const seen = new Set<string>();
      const expected: Record<number, string[]> = {};
      for (const [at, ends] of files.entries()) {
        const keys = ends.map((pair) => pair.join(":"));
        const again = keys.filter((key) => seen.has(key)).sort();
        if (again.length > 0) expected[at] = again;
        for (const key of keys) seen.add(key);
      }
      assertEquals(await repeatedIn(files.map((ends) => ids(...ends))), expected);
    }),
    { numRuns: 30 },
  );
});

Deno.test("a file of ids that is cut short is an error, not fewer people", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/ids`;
  await Deno.writeFile(path, encodeIds(ids([1, 1], [2, 2])).subarray(0, -1));
  assertThrows(() => findRepeated([path]), RangeError, "Cannot read ids");
});
