import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/load/dataset/open.ts";
import { replacementOf } from "../../etl/run/estimate.ts";
import { runCommandLine } from "../command_line.ts";
import { bytesOf, folder, people, run } from "../load/dataset/support.ts";
import { nextOf } from "../next.ts";

const API = { source: "api", api: "https://randomuser.me/api", seed: "a" };
const OTHER_API = { source: "api", api: "http://127.0.0.1:8686/api", seed: "a" };
const SAMPLE = { source: "sample" };
const SYNTHETIC = { source: "synthetic", seed: "a" };
const PAGES = { source: "pages" };
const LANDED = { source: "raw", landed: "synthetic" };

/** The existing requests, the new one, and whether it is refused, reported or silent. */
const CASES: readonly [held: Record<string, string>[], by: Record<string, string>, string][] = [
  [[API], SAMPLE, "refused"],
  [[API], SYNTHETIC, "refused"],
  [[PAGES], SAMPLE, "refused"],
  [[PAGES], SYNTHETIC, "refused"],
  [[SAMPLE, API], SAMPLE, "refused"],
  [[API], LANDED, "refused"],
  [[PAGES], LANDED, "refused"],
  [[LANDED], SYNTHETIC, "reported"],
  [[SYNTHETIC], LANDED, "reported"],
  [[LANDED], { ...LANDED, source: "other" }, "reported"],
  [[API, SYNTHETIC], SYNTHETIC, "refused"],
  [[SAMPLE], SAMPLE, "silent"],
  [[SYNTHETIC], { ...SYNTHETIC, seed: "b" }, "silent"],
  [[API], { ...API, seed: "b" }, "silent"],
  [[PAGES], PAGES, "silent"],
  [[SAMPLE], SYNTHETIC, "reported"],
  [[SYNTHETIC], SAMPLE, "reported"],
  [[SAMPLE], API, "reported"],
  [[API], PAGES, "reported"],
  [[PAGES], { source: "other" }, "reported"],
  [[API], OTHER_API, "reported"],
];

for (const [held, by, expected] of CASES) {
  const name = (requests: Record<string, string>[]) =>
    requests.map((request) => Object.values(request).join(" ")).join(" and ");
  Deno.test(`replacing ${name(held)} with ${name([by])} is ${expected}`, () => {
    const tables = { users: { rows: 37_000, parts: [] } } as never;
    const found = replacementOf({ requests: held, tables }, by);
    assertEquals(found === undefined ? "silent" : found.refused ? "refused" : "reported", expected);
    const empty = { users: { rows: 0, parts: [] } } as never;
    assertEquals(replacementOf({ requests: held, tables: empty }, by), undefined);
  });
}

/** Runs `extract` into the dataset of a folder. */
function extractInto(root: string, ...args: string[]) {
  return runCommandLine([...args, "--out", root]);
}

Deno.test("synthetic people replace those of saved pages only with --replace-other", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const { request } = await run(dir.path, [[people(30)]]).then(({ manifest }) => ({
    request: manifest.requests[0]!,
  }));
  const before = await bytesOf(root);
  for (const source of ["sample", "synthetic"]) {
    const { status, error } = await extractInto(root, "--source", source);
    assertEquals(status, 2);
    assert(error instanceof UsageError);
    assertStringIncludes(
      error.message,
      `Cannot replace 30 people of source ${
        request["source"]
      } in ${root} with those of source ${source}`,
    );
    const more = source === "sample"
      ? ""
      : " --api-version 1.4 --seed debr --results 1000 --page-size 1000";
    assertEquals(
      nextOf(error),
      `Write them to another folder: deno task extract --source ${source}${more} --out data/try; ` +
        "or replace the existing people: --replace-other",
    );
  }
  assertEquals(await bytesOf(root), before);
  const plan = await extractInto(root, "--source", "sample", "--dry-run");
  assertStringIncludes(plan.out, "Refuses without --replace-other to replace");
  assertStringIncludes(plan.out, "users               30 rows");
  const json = await extractInto(root, "--source", "sample", "--dry-run", "--json");
  assertEquals(JSON.parse(json.out).replaces.refused, true);

  const added = await extractInto(root, "--source", "sample", "--mode", "append");
  assertEquals(added.status, 0);
  const appended = await extractInto(root, "--source", "sample", "--mode", "append", "--dry-run");
  assertStringIncludes(appended.out, "Adds to ");
  assertEquals((await extractInto(root, "--source", "sample")).status, 2);

  const done = await extractInto(root, "--source", "sample", "--replace-other");
  assertEquals(done.status, 0);
  assertStringIncludes(done.err, "Will replace 1,030 people of source ");
  assertEquals((await openDataset(root)).manifest.requests, [{ source: "sample" }]);
  const again = await extractInto(root, "--source", "sample");
  assertEquals([again.status, again.err.includes("replace")], [0, false]);
});

Deno.test("the sample does not replace tables without a valid manifest", async () => {
  for (const text of [undefined, "{", '{"format": 1}']) {
    await using dir = await folder();
    const root = `${dir.path}/data`;
    await run(dir.path, [[people(5)]]);
    const manifest = `${root}/tables/manifest.json`;
    if (text === undefined) await Deno.remove(manifest);
    else await Deno.writeTextFile(manifest, text);
    const before = await bytesOf(root);
    const { status, error } = await extractInto(root, "--source", "sample");
    assertEquals(status, 2);
    assertStringIncludes(
      error?.message ?? "",
      `Cannot replace tables of source unknown in ${root}`,
    );
    assertEquals(await bytesOf(root), before);
    assertEquals((await extractInto(root, "--source", "sample", "--replace-other")).status, 0);
  }
});

Deno.test("a run logs the people that it replaces", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await extractInto(root, "--source", "synthetic", "--results", "20");
  const { events } = await extractInto(root, "--source", "sample", "--log", "json");
  const found = events.filter(({ event }) => event === "run.replaces");
  assertEquals(found.map(({ users, sources }) => [users, sources]), [[20, "synthetic"]]);
});
