import { assert, assertEquals, assertRejects } from "@std/assert";
import { layout } from "../../etl/load/dataset/paths.ts";
import { readManifest } from "../../etl/load/dataset/manifest.ts";
import { lockDataset } from "../../etl/load/dataset/open.ts";
import { DataError, DestinationError, SourceError } from "../../etl/common/errors.ts";
import type { MaxRejects } from "../../etl/run/rejects.ts";
import { sha256 } from "../../etl/common/sha256.ts";
import { extracted, savePages } from "../extracted.ts";
import { ada, pageOf } from "../people.ts";
import { filesUnder, hashesUnder } from "../project.ts";
import { temporary } from "../temporary.ts";

const SYNTHETIC = { source: "synthetic", seed: "run", results: 300, pageSize: 100 } as const;

/** Saves a page of people; the first `bad` of them fail a rule. */
async function pageWith(folder: string, { people, bad }: { people: number; bad: number }) {
  const list = Array.from(
    { length: people },
    (_, row) => ada({ "location.street.number": row, ...(row < bad && { gender: "?" }) }),
  );
  return { source: await savePages(folder, [pageOf(list)]) };
}

Deno.test("the same request writes the same files in any folder", async () => {
  await using folder = await temporary();
  const [one, two] = [`${folder.path}/one`, `${folder.path}/two`];
  await extracted(SYNTHETIC, { root: one });
  await extracted({ ...SYNTHETIC, seed: "other" }, { root: two });
  await extracted(SYNTHETIC, { root: two });
  assertEquals(await hashesUnder(layout(two).tables), await hashesUnder(layout(one).tables));
});

Deno.test("the manifest lists rows, bytes, hash and pages of the parts", async () => {
  await using folder = await temporary();
  const root = folder.path;
  const { manifest } = await extracted(SYNTHETIC, { root });
  const { tables } = layout(root);
  assertEquals(await readManifest(tables), manifest);
  for (const { rows, parts } of Object.values(manifest.tables)) {
    assertEquals(parts.reduce((sum, part) => sum + part.rows, 0), rows);
    for (const { file, bytes, sha256: hash } of parts) {
      const content = await Deno.readFile(`${tables}/${file}`);
      assertEquals([content.length, sha256(content)], [bytes, hash]);
    }
  }
  const { source: _, ...request } = { ...SYNTHETIC, version: "1.4" };
  assertEquals<unknown>(manifest.requests, [{ source: "synthetic", ...request }]);
  assertEquals(
    manifest.batches.flatMap(({ pages }) => pages),
    [1, 2, 3].map((page) => (
      { page: `synthetic:run/${page}`, people: 100 }
    )),
  );
  assert(!/20\d\d-\d\d-\d\d/.test(await Deno.readTextFile(`${tables}/manifest.json`)));
});

Deno.test("rejects are allowed up to the limit", async () => {
  const cases: readonly [MaxRejects, allowed: number, people: number][] = [
    [{ people: 0 }, 0, 10],
    [{ people: 3 }, 3, 10],
    [{ share: 0 }, 0, 10],
    [{ share: 0.01 }, 1, 100],
    [{ share: 0.01 }, 0, 99],
    [{ share: 0.29 }, 29, 100],
    [{ share: 0.57 }, 57, 100],
    [{ share: 1 }, 9, 10],
  ];
  for (const [maxRejects, bad, people] of cases) {
    await using folder = await temporary();
    const root = `${folder.path}/data`;
    const found = await extracted(await pageWith(folder.path, { people, bad }), {
      root,
      maxRejects,
    });
    assertEquals(found.manifest.people.rejected, bad, JSON.stringify(maxRejects));
    if (bad + 1 === people) continue;
    const more = await pageWith(folder.path, { people, bad: bad + 1 });
    await assertRejects(
      () => extracted(more, { root, maxRejects }),
      DataError,
      `${bad + 1} of ${people} people failed a rule`,
    );
  }
});

Deno.test("a failed run keeps the old tables and stores its rejects next to theirs", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const { tables, rejects } = layout(root);
  await extracted(await pageWith(`${folder.path}/a`, { people: 9, bad: 1 }), { root });
  const before = await hashesUnder(tables);
  const some = await filesUnder(rejects);
  const many = await pageWith(`${folder.path}/b`, { people: 9, bad: 8 });
  await assertRejects(() => extracted(many, { root, maxRejects: { people: 0 } }), DataError);
  const missing = { source: `${folder.path}/nowhere.json` };
  await assertRejects(() => extracted(missing, { root }), SourceError);
  assertEquals(await hashesUnder(tables), before);
  assertEquals((await filesUnder(rejects)).size, some.size + 1);
});

Deno.test("a committed run leaves only its own rejects and no staging", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const { rejects, staging } = layout(root);
  const bad = await pageWith(`${folder.path}/a`, { people: 9, bad: 2 });
  const { rejects: path, causes } = await extracted(bad, { root });
  assertEquals(causes.map(({ count, path }) => `${count} ${path}`), ["2 gender"]);
  assertEquals([...(await filesUnder(rejects)).keys()], [path?.slice(rejects.length + 1) ?? ""]);
  assertEquals((await extracted(SYNTHETIC, { root, replaceOther: true })).rejects, undefined);
  assertEquals((await filesUnder(rejects)).size, 0);
  assertEquals((await filesUnder(staging)).size, 0);
});

Deno.test("causes are sorted by frequency, and each has its first place", async () => {
  await using folder = await temporary();
  const people = [ada({ nat: "XX" }), ada({ gender: "a" }), ada(), ada({ gender: "b" })];
  const source = await savePages(folder.path, [people]);
  const { causes } = await extracted({ source }, { root: `${folder.path}/data` });
  assertEquals(causes.map(({ path, count, first }) => [path, count, first.row, first.received]), [
    ["gender", 2, 1, '"a"'],
    ["nat", 1, 0, '"XX"'],
  ]);
});

Deno.test("a run first completes an interrupted swap, even if the run fails", async () => {
  await using folder = await temporary();
  const root = folder.path;
  const { tables, next, previous } = layout(root);
  await extracted({ ...SYNTHETIC, seed: "new" }, { root });
  const complete = await hashesUnder(tables);
  await Deno.rename(tables, next);
  await extracted(SYNTHETIC, { root: `${root}/other` });
  await Deno.rename(layout(`${root}/other`).tables, previous);
  const bad = await pageWith(root, { people: 3, bad: 3 });
  await assertRejects(() => extracted(bad, { root }), DataError, "none of the 3 people is valid");
  assertEquals(await hashesUnder(tables), complete);
});

Deno.test("a run is refused while another run writes", async () => {
  await using folder = await temporary();
  const root = folder.path;
  using _lock = await lockDataset(root);
  await assertRejects(() => extracted(SYNTHETIC, { root }), DestinationError, "another run");
});

Deno.test("a stopped run throws the reason of its signal and commits nothing", async () => {
  await using folder = await temporary();
  const root = folder.path;
  const stop = new AbortController();
  let pages = 0;
  const onPage = () => {
    if (++pages === 2) stop.abort();
  };
  const error = await assertRejects(
    () => extracted(SYNTHETIC, { root, signal: stop.signal, onPage }),
    DOMException,
  );
  assertEquals(error, stop.signal.reason);
  assertEquals((await filesUnder(layout(root).tables)).size, 0);
  await extracted(SYNTHETIC, { root });
  assertEquals((await readManifest(layout(root).tables)).people.received, 300);
});
