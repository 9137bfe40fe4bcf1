/**
 * A run that is killed at any point leaves complete tables, either the old or the new ones.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { committedTables, layout } from "../../etl/load/dataset/paths.ts";
import { filesUnder, Project } from "../project.ts";
import { killIfRunning } from "../kill.ts";

const KILLS = 10;

const run = (
  seed: string,
) => [
  "extract",
  "--source",
  "synthetic",
  "--seed",
  seed,
  "--results",
  "1500",
  "--page-size",
  "100",
];

type Files = Awaited<ReturnType<typeof filesUnder>>;

function same(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([path, bytes]) => {
    const other = b.get(path);
    return other !== undefined && bytes.length === other.length &&
      bytes.every((byte, at) => byte === other[at]);
  });
}

/** Returns the tables of a run and its milliseconds. */
async function succeed(project: Project, seed: string): Promise<{ files: Files; ms: number }> {
  const started = performance.now();
  const { status, err } = await project.run(run(seed));
  const ms = performance.now() - started;
  assertEquals(status, 0, err);
  return { files: await filesUnder(layout(project.path("data")).tables), ms };
}

/** Restores the files of a folder. */
async function restore(folder: string, files: Files): Promise<void> {
  await Deno.remove(folder, { recursive: true });
  for (const [path, bytes] of files) {
    await Deno.mkdir(`${folder}/${path.slice(0, path.lastIndexOf("/") + 1)}`, { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes);
  }
}

/** Starts the run, kills it after `ms` and returns whether it was still running. */
async function killed(project: Project, ms: number): Promise<boolean> {
  const child = project.start(run("after"));
  const timer = setTimeout(() => killIfRunning(child), ms);
  const { success } = await child.output();
  clearTimeout(timer);
  return !success;
}

Deno.test("a run killed at ten random points leaves complete tables, and the next run succeeds", async (t) => {
  await using project = await Project.copy();
  const root = project.path("data");
  const { tables, staging, next, previous } = layout(root);
  const { files: before } = await succeed(project, "before");
  const { files: after } = await succeed(project, "after");
  assert(!same(before, after));
  // Other programs may slow down any run, so the shortest run shows how long one takes.
  let duration = Infinity;
  const again = async () => {
    const { files, ms } = await succeed(project, "after");
    duration = Math.min(duration, ms);
    return files;
  };
  await t.step("a repeated command writes the same files", async () => {
    assert(same(await again(), after));
  });
  let cut = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    await restore(tables, before);
    const ms = duration * (0.4 + Math.random() * 0.6);
    if (await killed(project, ms)) cut++;
    const committed = await committedTables(root);
    const files = await filesUnder(committed ?? "");
    const point = `killed after ${ms.toFixed(0)} of ${duration.toFixed(0)} ms`;
    assert(same(files, before) || same(files, after), `${point}: neither old nor new tables`);
    assert(same(await again(), after), `${point}: the next run differs`);
  }
  assert(cut > 0, "every run ended before it was killed");
  assertEquals((await filesUnder(staging)).size, 0);
  assertEquals((await filesUnder(next)).size + (await filesUnder(previous)).size, 0);
  assertEquals(await committedTables(root), tables);
});
