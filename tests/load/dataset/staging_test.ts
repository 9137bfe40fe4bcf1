import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../etl/common/errors.ts";
import type { LogEvent } from "../../../etl/common/events.ts";
import { extract } from "../../../etl/run/run.ts";
import { broken, bytesOf, folder, people, run, source } from "./support.ts";
import { nextOf } from "../../next.ts";

const DAY = 24 * 3600;

/** Leaves a run in staging that was not committed. */
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

/** What the next run says of those that were given up. */
async function next(dir: string) {
  const found: LogEvent[] = [];
  const effects = { now: Date.now, log: (event: LogEvent) => void found.push(event) };
  await run(dir, [[people(3)]], { effects });
  return found.flatMap((event) => event.event === "run.abandoned" ? [event] : []);
}

Deno.test("a run that was given up is named by its command, and kept for a week", async () => {
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
    `See what it would do: deno task extract --source ${
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

Deno.test("a folder that a killed run has hardly begun is named and removed in the end", async () => {
  await using dir = await folder();
  const staged = `${dir.path}/data/.staging/0123456789abcdef`;
  await Deno.mkdir(staged, { recursive: true });
  assertEquals((await next(dir.path)).map(({ next }) => next), [undefined]);
  const old = Date.now() / 1000 - 8 * DAY;
  await Deno.utime(staged, old, old);
  assertEquals((await next(dir.path)).map(({ data }) => data.removed), [true]);
});
