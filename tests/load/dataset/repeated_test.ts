import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { checksumOf } from "../../../etl/load/dataset/intact.ts";
import { encodeIds, findId, searchIds, sortIds } from "../../../etl/load/dataset/ids.ts";
import { findRepeated } from "../../../etl/load/dataset/repeated.ts";
import { folder } from "./support.ts";

/** Makes an id from a number; different numbers share first and last bytes. */
function idOf(number: number): Uint8Array {
  const id = new Uint8Array(16);
  id[0] = number % 5 * 60;
  id[7] = number;
  id[15] = number % 3;
  return id;
}

function sorted(numbers: readonly number[]): Uint8Array {
  const ids = new Uint8Array(numbers.length * 16);
  numbers.forEach((number, row) => ids.set(idOf(number), row * 16));
  return sortIds(ids);
}

Deno.test("an id is found in a file of sorted ids, and a missing one is not", async () => {
  await using dir = await folder();
  const path = `${dir.path}/ids`;
  const numbers = Array.from({ length: 90 }, (_, at) => at * 2);
  const ids = sorted(numbers);
  await Deno.writeFile(path, encodeIds(ids));
  for (const number of numbers) {
    assertEquals(findId(path, idOf(number)), searchIds(ids, idOf(number)));
    assertEquals(findId(path, idOf(number)) >= 0, true);
    assertEquals(findId(path, idOf(number + 1)), -1);
  }
});

interface File {
  /** Pairs of person and rank. */
  readonly copies: readonly (readonly [number, number])[];
}

const file: fc.Arbitrary<File> = fc.record({
  copies: fc.uniqueArray(fc.tuple(fc.nat(40), fc.nat(1_000_000)), {
    selector: ([person]) => person,
    maxLength: 30,
  }),
});
const list = fc.uniqueArray(fc.nat(40), { maxLength: 10 });

/** Finds the copies to keep by brute force: the lowest rank of each person who is not excluded. */
function expected(files: readonly File[], excluded: readonly number[]): string[] {
  const best = new Map<number, [number, number]>();
  for (const [at, { copies }] of files.entries()) {
    for (const [person, rank] of copies) {
      if (excluded.includes(person)) continue;
      const held = best.get(person);
      if (held === undefined || rank < held[0]) best.set(person, [rank, at]);
    }
  }
  return [...best].map(([person, [, at]]) => `${at}:${person}`).sort();
}

Deno.test("the copy with the lowest rank is kept, unless the person is present or forgotten", async () => {
  await using dir = await folder();
  const save = (name: string, numbers: readonly number[]) => {
    const bytes = encodeIds(sorted(numbers));
    Deno.writeFileSync(`${dir.path}/${name}`, bytes);
    return { path: `${dir.path}/${name}`, checksum: checksumOf(bytes) };
  };
  fc.assert(
    fc.property(fc.array(file, { maxLength: 6 }), list, list, (files, present, gone) => {
      const candidates = files.map(({ copies }, at) => {
        const byId = [...copies].sort(([a], [b]) => compare(idOf(a), idOf(b)));
        const path = `${dir.path}/ranks-${at}`;
        const values = Float64Array.from(byId, ([, rank]) => rank);
        const bytes = new Uint8Array(values.buffer);
        Deno.writeFileSync(path, bytes);
        const ids = save(`ids-${at}`, copies.map(([person]) => person));
        return { ids, ranks: { path, checksum: checksumOf(bytes) }, byId };
      });
      const left = findRepeated(candidates, {
        present: [save("present", present)],
        forgotten: sorted(gone),
      });
      const kept = candidates.flatMap(({ byId }, at) =>
        byId.filter((_, position) => !left.get(at)?.positions.has(position))
          .map(([person]) => `${at}:${person}`)
      );
      assertEquals(kept.sort(), expected(files, [...present, ...gone]));
      for (const { positions, repeated, forgotten } of left.values()) {
        assertEquals(repeated + forgotten, positions.size);
      }
    }),
    { numRuns: 200 },
  );
});

function compare(a: Uint8Array, b: Uint8Array): number {
  return a.toHex() < b.toHex() ? -1 : 1;
}
