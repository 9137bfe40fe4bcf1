import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { verify } from "../../../etl/load/dataset/verify.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import { extract } from "../../../etl/run/run.ts";
import {
  allRows,
  broken,
  bytesOf,
  copyOf,
  folder,
  type Loose,
  open,
  people,
  rows,
  run,
  source,
  userIds,
} from "./support.ts";
import { nextOf } from "../../next.ts";

const POOL = people(24);
const UUIDS = ["f", "0", "7"].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);

/** A person on a page: one of the pool, in one of three copies, valid or invalid. */
const one = fc.record({
  person: fc.nat(POOL.length - 1),
  copy: fc.nat(UUIDS.length - 1),
  valid: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
});
const pages = fc.array(fc.array(one, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 6,
}).filter((pages) => pages.flat().some(({ valid }) => valid));

type Page = readonly { person: number; copy: number; valid: boolean }[];

function print(page: Page): Loose[] {
  return page.map(({ person, copy, valid }) => {
    const made = copyOf(POOL[person], UUIDS[copy]!);
    // One of the copies has no alternative id.
    if (copy === 1) made.id = { name: "", value: null };
    return valid ? made : broken(made);
  });
}

/** Groups pages into batches of `size`. */
function inBatches(printed: Loose[][], size: number): Loose[][][] {
  const batches: Loose[][][] = [];
  for (let at = 0; at < printed.length; at += size) batches.push(printed.slice(at, at + size));
  return batches;
}

Deno.test("rows do not depend on the order of pages, keys are intact and counts add up", async () => {
  await using dir = await folder();
  await fc.assert(
    fc.asyncProperty(
      pages,
      fc.integer({ min: 1, max: 3 }),
      fc.infiniteStream(fc.nat()),
      async (pages, size, random) => {
        const shuffled = pages.map((page) => ({ page, at: random.next().value }))
          .sort((a, b) => a.at - b.at).map(({ page }) => page.toReversed());
        const first = await run(`${dir.path}/a`, inBatches(pages.map(print), size));
        await run(`${dir.path}/b`, inBatches(shuffled.map(print), 4 - size));
        assertEquals(await allRows(`${dir.path}/a/data`), await allRows(`${dir.path}/b/data`));
        assertEquals((await verify(`${dir.path}/a/data`)).faults, []);
        const { received, rejected, repeated, added, forgotten } = first.people;
        assertEquals(received, pages.flat().length);
        assertEquals(rejected, pages.flat().filter(({ valid }) => !valid).length);
        assertEquals(received, added + rejected + repeated + forgotten);
        assertEquals(added, new Set(await userIds(`${dir.path}/a/data`)).size);
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("append adds new people and does not change the others", async () => {
  await using dir = await folder();
  await fc.assert(
    fc.asyncProperty(pages, pages, async (before, after) => {
      const data = `${dir.path}/data`;
      await run(dir.path, inBatches(before.map(print), 2));
      const logins = await rows(data, "logins");
      const added = await source(dir.path, inBatches(after.map(print), 1));
      const options = { root: data, maxRejects: { share: 1 }, mode: "append" } as const;
      await extract(added, options);
      const all = await rows(data, "logins");
      assert(logins.every((row) => all.includes(row)));
      const expected = [...before, ...after].flat().filter(({ valid }) => valid)
        .map(({ person }) => person);
      assertEquals(all.length, new Set(expected).size);
      assertEquals((await verify(data)).faults, []);
      const bytes = await bytesOf(data);
      const again = await extract(added, options);
      assertEquals(again.people.added, 0);
      assertEquals(await bytesOf(data), bytes);
    }),
    { numRuns: 20 },
  );
});

Deno.test("append hard-links existing parts and writes only new ones", async () => {
  await using dir = await folder();
  const inode = async () =>
    (await Deno.stat(`${dir.path}/data/tables/users/part-00001.parquet`)).ino;
  await run(dir.path, [[people(50)]]);
  const before = await inode();
  const { people: counts, manifest } = await run(dir.path, [[people(80)]], { mode: "append" });
  assertEquals(await inode(), before);
  assertEquals(counts.added, 30);
  assertEquals(manifest.tables.users.parts.map(({ rows }) => rows), [50, 30]);
  assertEquals(manifest.batches.map(({ part, rows, request }) => [part, rows, request]), [
    [1, 50, 0],
    [2, 30, 1],
  ]);
});

Deno.test("append to an empty folder equals replace", async () => {
  await using a = await folder();
  await using b = await folder();
  const from = await source(a.path, [[people(10)]]);
  await extract(from, { root: `${a.path}/data`, maxRejects: { share: 0 }, mode: "append" });
  await extract(from, { root: `${b.path}/data`, maxRejects: { share: 0 } });
  assertEquals(await bytesOf(`${a.path}/data/tables`), await bytesOf(`${b.path}/data/tables`));
});

Deno.test("many appends leave few parts and keep the lineage of every run", async () => {
  await using dir = await folder();
  const nights = 30;
  const pool = people(20 * nights);
  for (let night = 0; night < nights; night++) {
    const page = pool.slice(night * 20, night * 20 + 20);
    await run(dir.path, [[page]], { mode: "append" });
  }
  const { manifest } = await open(`${dir.path}/data`);
  assertEquals(manifest.tables.users.rows, 20 * nights);
  assert(manifest.tables.users.parts.length <= 8, `${manifest.tables.users.parts.length} parts`);
  assertEquals(manifest.batches.length, nights);
  assertEquals(manifest.requests.length, nights);
  assertEquals((await verify(`${dir.path}/data`)).faults, []);
});

Deno.test("before it reads a page, append refuses tables with a missing part and does not change them", async () => {
  await using dir = await folder();
  await run(dir.path, [[people(10)]]);
  await Deno.remove(`${dir.path}/data/tables/logins/part-00001.parquet`);
  const before = await bytesOf(`${dir.path}/data/tables`);
  const fault = await assertRejects(
    () => run(dir.path, [[people(20)]], { mode: "append" }),
    DestinationError,
    "logins/part-00001.parquet: it is missing",
  );
  assert(nextOf(fault).includes("deno task verify"));
  assertEquals(await bytesOf(`${dir.path}/data/tables`), before);
});

Deno.test("both modes refuse a manifest of a newer debr and change nothing", async () => {
  await using dir = await folder();
  await run(dir.path, [[people(10)]]);
  const path = `${dir.path}/data/tables/manifest.json`;
  const text = await Deno.readTextFile(path);
  for (
    const newer of [
      text.replace('"format": 2', '"format": 3'),
      text.replace('"schema": 1', '"schema": 2'),
    ]
  ) {
    await Deno.writeTextFile(path, newer);
    const before = await bytesOf(`${dir.path}/data/tables`);
    for (const mode of ["replace", "append"] as const) {
      const fault = await assertRejects(
        () => run(dir.path, [[people(20)]], { mode }),
        DestinationError,
        "is newer than",
      );
      assert(nextOf(fault).includes("Update debr"));
    }
    assertEquals(await bytesOf(`${dir.path}/data/tables`), before);
  }
});

Deno.test("append refuses tables without a manifest, and replace rebuilds them", async () => {
  await using dir = await folder();
  await run(dir.path, [[people(10)]]);
  await Deno.remove(`${dir.path}/data/tables/manifest.json`);
  await assertRejects(
    () => run(dir.path, [[people(20)]], { mode: "append" }),
    DestinationError,
    "manifest.json: it is missing",
  );
  await run(dir.path, [[people(20)]]);
  assertEquals((await userIds(`${dir.path}/data`)).length, 20);
});
