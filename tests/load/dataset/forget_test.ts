import { assert, assertEquals, assertRejects } from "@std/assert";
import { forget } from "../../../etl/load/dataset/forget.ts";
import { layout } from "../../../etl/load/dataset/paths.ts";
import { verify } from "../../../etl/load/dataset/verify.ts";
import { lineageOf } from "../../../etl/load/dataset/lineage.ts";
import { DataError, DestinationError, UsageError } from "../../../etl/common/errors.ts";
import { extract } from "../../../etl/run/run.ts";
import { forgetStaged } from "../../../etl/run/forget_staged.ts";
import { broken, bytesOf, folder, open, people, rows, run, source, userIds } from "./support.ts";

const POOL = people(60);

/** Returns all files below a folder as one text. */
async function everything(path: string): Promise<string> {
  let found = "";
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    found += isDirectory
      ? await everything(`${path}/${name}`)
      : new TextDecoder("latin1").decode(await Deno.readFile(`${path}/${name}`));
  }
  return found;
}

Deno.test("forget removes a person from every table, and no later run adds them again", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const batches = [[POOL.slice(0, 30)], [POOL.slice(30)]];
  await run(dir.path, batches);
  const ids = await userIds(root);
  const [gone, ...others] = [ids[7]!, ids[40]!];
  const receipt = await forget(root, { userIds: [gone, ...others], forgetStaged });
  const left = ids.filter((id) => id !== gone && !others.includes(id));
  assertEquals(await userIds(root), left);
  for (const table of ["users", "logins", "altids"] as const) {
    for (const row of await rows(root, table)) assert(!row.includes(gone));
  }
  assertEquals((await verify(root)).faults, []);
  assertEquals([receipt.removed, receipt.already], [2, 0]);
  assertEquals([receipt.rows["users"], receipt.rows["logins"]], [2, 2]);
  assert(receipt.manifest.before !== receipt.manifest.after);
  assert(!JSON.stringify(receipt).includes(gone));

  const again = await run(dir.path, batches, { mode: "append" });
  assertEquals([again.people.added, again.people.forgotten], [0, 2]);
  const { people: counts } = await run(dir.path, batches);
  assertEquals([counts.added, counts.forgotten], [58, 2]);
  assertEquals(await userIds(root), left);
  assertEquals((await verify(root)).faults, []);
});

Deno.test("forget rewrites only the parts with the person, and removes unused portraits", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const unique = structuredClone(POOL[59]);
  for (const size of ["large", "medium", "thumbnail"]) {
    unique.picture[size] = `https://example.com/${size}/unique.jpg`;
  }
  await run(dir.path, [[POOL.slice(0, 50)], [[unique]]]);
  const { tables, manifest } = await open(root);
  const inode = async () => (await Deno.stat(`${tables}/users/part-00001.parquet`)).ino;
  const before = await inode();
  assert((await rows(root, "media")).some((row) => row.includes("unique.jpg")));
  const ids = await userIds(root);
  const found = await Promise.all(ids.map(async (id) => ({ id, ...await lineageOf(root, id) })));
  const { id } = found.find(({ parts }) => parts[0]!.endsWith("part-00002.parquet"))!;
  const { parts, rows: removed } = await forget(root, { userIds: [id], forgetStaged });
  assertEquals(parts, [{ file: "users/part-00002.parquet", people: 1 }]);
  assertEquals(removed["media"], 1);
  assertEquals(await inode(), before);
  assertEquals((await open(root)).manifest.tables.users.parts.length, 1);
  assertEquals(manifest.tables.users.parts.length, 2);
  assert(!(await rows(root, "media")).some((row) => row.includes("unique.jpg")));
  assertEquals((await verify(root)).faults, []);
});

Deno.test("forget removes the person from unfinished runs, which resume without them", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[POOL.slice(0, 20)]]);
  const [gone = ""] = await userIds(root);
  // A run that stops before its commit leaves batches in staging.
  const pages = [[POOL.slice(0, 20)], [[...POOL.slice(20, 40), broken(POOL[40])]]];
  const from = await source(dir.path, pages);
  const options = { root, maxRejects: { share: 0 } };
  await assertRejects(() => extract(from, options), DataError);
  const { staging } = await forget(root, { userIds: [gone], forgetStaged });
  assertEquals(staging.length, 1);
  assert(staging[0]!.endsWith("/batch-00000"));
  const { people: counts } = await extract(from, { ...options, maxRejects: { share: 1 } });
  assertEquals(counts.forgotten, 1);
  assert(!(await userIds(root)).includes(gone));
});

Deno.test("forget removes fetched pages that hold the person", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[POOL.slice(0, 20)]]);
  const [gone = ""] = await userIds(root);
  const pages = `${layout(root).staging}/0000000000000000/pages`;
  await Deno.mkdir(pages, { recursive: true });
  const save = async (name: string, results: unknown[]) => {
    const body = new Blob([JSON.stringify({ results })]).stream()
      .pipeThrough(new CompressionStream("gzip"));
    await Deno.writeFile(`${pages}/${name}`, body);
  };
  await save("page-00001.json.gz", POOL.slice(0, 20));
  await save("page-00002.json.gz", POOL.slice(20, 40));
  await forget(root, { userIds: [gone], forgetStaged });
  const left = await Array.fromAsync(Deno.readDir(pages), ({ name }) => name);
  assertEquals(left, ["page-00002.json.gz"]);
});

Deno.test("forgetting a person twice changes nothing, and an unknown id is refused", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[POOL.slice(0, 20)]]);
  const [gone = "", kept = ""] = await userIds(root);
  await forget(root, { userIds: [gone], forgetStaged });
  const before = await bytesOf(`${root}/tables`);
  const { removed, already } = await forget(root, { userIds: [gone], forgetStaged });
  assertEquals([removed, already], [0, 1]);
  const unknown = "00000000-0000-8000-8000-000000000000";
  for (const id of [unknown, "Ada", ""]) {
    const fault = await assertRejects(
      () => forget(root, { userIds: [kept, id], forgetStaged }),
      UsageError,
    );
    assert(id === "" || !fault.message.includes(id));
  }
  assertEquals(await bytesOf(`${root}/tables`), before);
});

Deno.test("all people can be forgotten; the tables stay readable and empty", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const only = POOL.slice(0, 3);
  await run(dir.path, [[only]]);
  await forget(root, { userIds: await userIds(root), forgetStaged });
  assertEquals(await userIds(root), []);
  assertEquals(await rows(root, "media"), []);
  assertEquals((await verify(root)).faults, []);
  const text = await everything(root);
  for (const { login } of only) assert(!text.includes(login.username));
});

Deno.test("a run refuses a damaged list of forgotten people, so that nobody returns", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[POOL.slice(0, 20)]]);
  const [gone = ""] = await userIds(root);
  await forget(root, { userIds: [gone], forgetStaged });
  const path = `${root}/forgotten.txt`;
  const bytes = await Deno.readFile(path);
  bytes[bytes.length - 1]! ^= 1;
  await Deno.writeFile(path, bytes);
  for (const mode of ["replace", "append"] as const) {
    const says = "forgotten people would return";
    await assertRejects(() => run(dir.path, [[POOL]], { mode }), DestinationError, says);
  }
  const { faults } = await verify(root);
  assertEquals(faults.map(({ file }) => file), [path]);
});

Deno.test("a batch with only forgotten people is removed from the manifest", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  for (let night = 0; night < 8; night++) {
    await run(dir.path, [[POOL.slice(night * 2, night * 2 + 2)]], { mode: "append" });
  }
  const { manifest } = await open(root);
  assertEquals([manifest.tables.users.parts.length, manifest.batches.length], [1, 8]);
  const ids = await userIds(root);
  const pages = await Promise.all(
    ids.map(async (id) => (await lineageOf(root, id)).pages[0]!.page),
  );
  const gone = ids.filter((_, at) => pages[at] === manifest.batches[3]!.pages[0]!.page);
  assertEquals(gone.length, 2);
  await forget(root, { userIds: gone, forgetStaged });
  const left = manifest.batches.filter((_, at) => at !== 3);
  assertEquals((await open(root)).manifest.batches, left);
  assertEquals((await verify(root)).faults, []);
});
