import { assert, assertEquals, assertRejects } from "@std/assert";
import { REAL } from "../../../etl/common/effects.ts";
import { DataError, DestinationError, SourceError } from "../../../etl/common/errors.ts";
import type { LogEvent } from "../../../etl/common/events.ts";
import { hasProgress } from "../../../etl/load/dataset/staged.ts";
import { dropFailed } from "../../../etl/run/run.ts";
import { extract } from "../../../etl/run/run.ts";
import { broken, bytesOf, folder, people, run, source } from "./support.ts";
import { nextOf } from "../../next.ts";

const DAY = 24 * 3600;

/** The error of a full disk. */
const FULL = Deno.build.os === "windows" ? 112 : 28;

/** Makes a run fail before its commit, so that it stays in staging. */
async function abandon(dir: string) {
  const from = await source(dir, [[[...people(5), broken(people(6)[5])]]]);
  const options = { root: `${dir}/data`, maxRejects: { people: 0 } };
  await assertRejects(() => extract(from, options), DataError);
  const [name = ""] = await Array.fromAsync(
    Deno.readDir(`${dir}/data/.staging`),
    ({ name }) => name,
  );
  return { from, staged: `${dir}/data/.staging/${name}` };
}

/** Returns what the next run reports about abandoned runs. */
async function next(dir: string) {
  const found: LogEvent[] = [];
  const effects = { now: Date.now, log: (event: LogEvent) => void found.push(event) };
  await run(dir, [[people(3)]], { effects });
  return found.flatMap((event) => event.event === "run.abandoned" ? [event] : []);
}

Deno.test("an abandoned run is reported with its command and kept for a week", async () => {
  await using dir = await folder();
  const { from, staged } = await abandon(dir.path);
  const request = `${staged}/request.json`;
  const ago = async (days: number) => {
    const then = Date.now() / 1000 - days * DAY;
    await Deno.utime(request, then, then);
  };
  await ago(6.9);
  const [left, ...others] = await next(dir.path);
  assertEquals(others, []);
  const data = `${dir.path}/data`;
  assertEquals(left?.next, {
    ...{ code: "run_unfinished" as const, data, mode: "replace" as const },
    request: from.request,
  });
  assertEquals(
    nextOf({ next: left?.next }),
    `Drop it with --restart, or see what it would do: deno task extract --source ${
      from.request["source"]
    } --out ${data} --dry-run`,
  );
  const { removed, age_ms: age } = left!.data;
  assertEquals([removed, Math.round(Number(age) / 3_600_000)], [false, 166]);
  assert((await Deno.stat(staged)).isDirectory);

  await ago(7.1);
  assertEquals((await next(dir.path)).map(({ data }) => data.removed), [true]);
  assertEquals(await next(dir.path), []);
  assertEquals(Object.keys(await bytesOf(`${dir.path}/data/.staging`)), []);
  await assertRejects(() => Deno.stat(`${dir.path}/data/rejects`), Deno.errors.NotFound);
});

Deno.test("a staging folder without pages and batches is removed silently", async () => {
  await using dir = await folder();
  const staged = `${dir.path}/data/.staging/0123456789abcdef`;
  await Deno.mkdir(`${staged}/pages`, { recursive: true });
  await Deno.writeTextFile(`${staged}/pages/page-00001.json.gz.partial`, "");
  assertEquals(await next(dir.path), []);
  await assertRejects(() => Deno.stat(staged), Deno.errors.NotFound);
});

Deno.test("--restart removes the staging of unfinished runs", async () => {
  await using dir = await folder();
  const { staged } = await abandon(dir.path);
  await run(dir.path, [[people(3)]], { restart: true });
  await assertRejects(() => Deno.stat(staged), Deno.errors.NotFound);
});

Deno.test("staging is kept only if a later run may reuse it", async () => {
  const cases = [
    [new SourceError("Not JSON", { step: "source" }), false],
    [new SourceError("Unreachable", { step: "source", transient: true }), true],
    [new DataError("Too many", { step: "validate" }), true],
    [
      new DestinationError(`Cannot write x: disk full (os error ${FULL})`, {
        step: "write",
      }),
      false,
    ],
    [
      new DestinationError("Cannot write x: Permission denied (os error 13)", { step: "write" }),
      true,
    ],
  ] as const;
  for (const [error, kept] of cases) {
    await using dir = await folder();
    const { staged } = await abandon(dir.path);
    const from = await source(dir.path, [[people(1)]]);
    const options = { root: `${dir.path}/data`, maxRejects: { people: 0 } };
    await dropFailed(
      { source: from, options, folder: staged, id: "", began: 0, effects: REAL },
      error,
    );
    assertEquals(await hasProgress(staged).catch(() => false), kept, error.message);
  }
});
