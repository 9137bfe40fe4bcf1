import { assert, assertEquals, assertRejects } from "@std/assert";
import { failedRejects, readRejects } from "../../etl/load/dataset/reject_files.ts";
import { verify } from "../../etl/load/dataset/verify.ts";
import { lineageOf } from "../../etl/load/dataset/lineage.ts";
import { forget } from "../../etl/load/dataset/forget.ts";
import { REAL } from "../../etl/common/effects.ts";
import { DataError, SourceError } from "../../etl/common/errors.ts";
import { forgetStaged } from "../../etl/run/forget_staged.ts";
import { plan, type Wanted } from "../../etl/run/plan.ts";
import { replayRejects } from "../../etl/run/replay.ts";
import { extract } from "../../etl/run/run.ts";
import {
  broken,
  bytesOf,
  folder,
  type Loose,
  open,
  people,
  run,
  source,
  userIds,
} from "../load/dataset/support.ts";
import { nextOf } from "../next.ts";

const POOL = people(40);
const replay = (root: string) => replayRejects(root, { plan: (request) => plan(request, REAL) });

/** Saves a page with invalid people in the rows `bad`. */
async function save(path: string, results: readonly Loose[], bad: readonly number[] = []) {
  const page = results.map((person, row) => bad.includes(row) ? broken(person) : person);
  await Deno.writeTextFile(path, JSON.stringify({ results: page }));
}

async function pages(dir: string): Promise<string> {
  const path = `${dir}/pages`;
  await Deno.mkdir(path, { recursive: true });
  await save(`${path}/1.json`, POOL.slice(0, 10), [2, 5]);
  await save(`${path}/2.json`, POOL.slice(10, 20), [0]);
  await save(`${path}/3.json`, POOL.slice(20, 30), [9]);
  return path;
}

async function extractFrom(path: string, root: string) {
  const { source } = await plan({ source: path }, REAL);
  return await extract(source, { root, maxRejects: { share: 1 } });
}

Deno.test("replay adds each rejected person who is valid now, and keeps the other rejects", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const path = await pages(dir.path);
  const { people: counts } = await extractFrom(path, root);
  assertEquals([counts.added, counts.rejected], [26, 4]);
  const before = await bytesOf(root);
  assertEquals(await replay(root), {
    added: 0,
    repeated: 0,
    forgotten: 0,
    rejected: 4,
    gone: [],
  });
  assertEquals(await bytesOf(root), before);

  const known = await userIds(root);
  await save(`${path}/1.json`, POOL.slice(0, 10), [5]);
  // The corrected person is one who already exists.
  await save(`${path}/2.json`, [POOL[25], ...POOL.slice(11, 20)]);
  await Deno.remove(`${path}/3.json`);
  const { gone, ...replayed } = await replay(root);
  assertEquals(replayed, { added: 1, repeated: 1, forgotten: 0, rejected: 2 });
  assertEquals(gone, [{ page: `${path}/3.json`, reason: "it no longer exists" }]);
  const { manifest } = await open(root);
  assertEquals(manifest.people, { received: 30, rejected: 2, repeated: 1, forgotten: 0 });
  assertEquals(manifest.requests.length, 1);
  assertEquals((await verify(root)).faults, []);
  const [added = ""] = (await userIds(root)).filter((id) => !known.includes(id));
  assertEquals((await lineageOf(root, added)).pages[0]!.page, `${path}/1.json`);
  assertEquals((await replay(root)).added, 0);
});

Deno.test("replay skips forgotten people", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const path = await pages(dir.path);
  await extractFrom(path, root);
  const known = await userIds(root);
  await save(`${path}/1.json`, POOL.slice(0, 10), [5]);
  await replay(root);
  const [gone = ""] = (await userIds(root)).filter((id) => !known.includes(id));
  await forget(root, { userIds: [gone], forgetStaged });
  await save(`${path}/1.json`, POOL.slice(0, 10), [2, 5]);
  // Forgotten people stay forgotten in tables that replace these.
  await extractFrom(path, root);
  await save(`${path}/1.json`, POOL.slice(0, 10), [5]);
  const { added, forgotten, rejected } = await replay(root);
  assertEquals([added, forgotten, rejected], [0, 1, 3]);
  assert(!(await userIds(root)).includes(gone));
  assertEquals((await verify(root)).faults, []);
});

Deno.test("a run with too many rejects stores them separately from those of the tables", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const page = [...POOL.slice(0, 9), broken(POOL[9])];
  await run(dir.path, [[page]]);
  const before = await bytesOf(root);
  const next = await source(dir.path, [[[
    ...POOL.slice(10, 12),
    ...POOL.slice(12, 15).map(broken),
  ]]]);
  const strict = { root, maxRejects: { people: 2 } };
  for (const mode of ["replace", "append"] as const) {
    const fault = await assertRejects(() => extract(next, { ...strict, mode }), DataError);
    assert(nextOf(fault).includes("deno task rejects --failed"));
  }
  const failed = await failedRejects(root);
  assertEquals(failed.length, 1);
  assertEquals((await Array.fromAsync(readRejects(failed))).length, 3);
  const after = await bytesOf(root);
  for (const [file, hash] of Object.entries(before)) assertEquals(after[file], hash, file);
  assertEquals((await verify(root)).faults, []);

  // The failed rejects are removed when a run commits them.
  await extract(next, { root, maxRejects: { people: 3 }, mode: "append" });
  assertEquals(await failedRejects(root), []);
  const { manifest } = await open(root);
  assertEquals(manifest.rejects.map(({ request, rows }) => [request, rows]), [[0, 1], [1, 3]]);
  assertEquals((await verify(root)).faults, []);
});

Deno.test("a stricter run that fails keeps the rejects of the tables", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const from = await source(dir.path, [[[...POOL.slice(0, 9), broken(POOL[9])]]]);
  await extract(from, { root, maxRejects: { people: 1 } });
  await assertRejects(() => extract(from, { root, maxRejects: { people: 0 } }), DataError);
  assertEquals((await verify(root)).faults, []);
});

Deno.test("a replaced dataset keeps no old rejects", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[[...POOL.slice(0, 9), broken(POOL[9])]]]);
  await run(dir.path, [[POOL]]);
  assertEquals(
    await Array.fromAsync(Deno.readDir(root), ({ name }) => name).then((names) =>
      names.includes("rejects")
    ),
    false,
  );
});

Deno.test("replay fetches pages of the API again, and changes nothing while the API is down", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  let [bad, down] = [true, false];
  const fetched: string[] = [];
  const fetch = (input: string | URL | Request) => {
    const url = new URL(String(input));
    fetched.push(url.searchParams.get("page") ?? "");
    if (down) return Promise.resolve(new Response("{}", { status: 503 }));
    const page = Number(url.searchParams.get("page"));
    const results = POOL.slice(page * 5, page * 5 + 5);
    if (bad && page === 2) results[3] = broken(results[3]);
    const info = { seed: "s", results: 5, page, version: "1.4" };
    return Promise.resolve(Response.json({ results, info }));
  };
  const effects = { ...REAL, fetch, sleep: () => Promise.resolve() };
  const planned = (request: Wanted) => plan(request, effects);
  const { source, client } = await planned({ source: "api", results: 15, pageSize: 5, seed: "s" });
  await extract(source, { root, client, maxRejects: { share: 1 } });
  const known = await userIds(root);
  const before = await bytesOf(`${root}/tables`);
  bad = false;
  down = true;
  await assertRejects(() => replayRejects(root, { plan: planned }), SourceError);
  assertEquals(await bytesOf(`${root}/tables`), before);
  assertEquals((await verify(root)).faults, []);
  down = false;
  fetched.length = 0;
  const { added, rejected, gone } = await replayRejects(root, { plan: planned });
  assertEquals([added, rejected, gone], [1, 0, []]);
  assertEquals(fetched, ["2"]);
  const [id = ""] = (await userIds(root)).filter((id) => !known.includes(id));
  const { pages, request } = await lineageOf(root, id);
  assert(pages.length === 1 && pages[0]!.page.includes("page=2&seed=s"));
  assertEquals([request["source"], request["api"]], ["api", "https://randomuser.me/api"]);
  assertEquals((await verify(root)).faults, []);
});
