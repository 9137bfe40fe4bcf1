import { assert, assertEquals, assertMatch } from "@std/assert";
import { readManifest } from "../../etl/load/dataset/manifest.ts";
import { REAL } from "../../etl/common/effects.ts";
import { fetchedPages } from "../../etl/run/run_folder.ts";
import { type MockApi, type MockApiOptions, startMockApi } from "../../etl/mock_api/server.ts";
import type { ClientEffects } from "../../etl/random_user.ts";
import { type FakeClock, fakeClock } from "../clock.ts";
import { type Ran, runCommandLine } from "../command_line.ts";
import { temporary } from "../temporary.ts";

/** A folder, a mock API and a clock that several runs share. */
interface Place extends AsyncDisposable {
  readonly out: string;
  readonly clock: FakeClock;
  readonly api: MockApi;
}

async function place(options: MockApiOptions = {}): Promise<Place> {
  const folder = await temporary();
  const clock = fakeClock();
  const effects = { now: clock.now, sleep: REAL.sleep };
  const api = await startMockApi({ limit: 0, ...options, effects });
  const dispose = async () => {
    await api.close();
    await folder[Symbol.asyncDispose]();
  };
  return { out: `${folder.path}/data`, clock, api, [Symbol.asyncDispose]: dispose };
}

/** Waits until this many pages are on disk. */
async function onDisk(out: string, pages: number): Promise<void> {
  for (;;) {
    const runs = await Array.fromAsync(Deno.readDir(`${out}/.staging`), ({ name }) => name);
    const fetched = await Promise.all(runs.map((run) => fetchedPages(`${out}/.staging/${run}`)));
    if (fetched.some(({ length }) => length >= pages)) return;
    await REAL.sleep(5);
  }
}

/** Requests 50 people on 5 pages, and calls `happens` once `after` pages are on disk. */
async function run(
  { out, clock, api }: Place,
  options: {
    readonly args?: readonly string[];
    readonly after?: number;
    readonly happens?: (stop: AbortController) => void;
    readonly effects?: ClientEffects;
  } = {},
): Promise<Ran> {
  const { args = [], after = Infinity, happens = (stop) => stop.abort(), effects } = options;
  const stop = new AbortController();
  let happened: Promise<void> | undefined;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const page = Number(new URL(String(url)).searchParams.get("page"));
    if (page > after) await (happened ??= onDisk(out, after).then(() => happens(stop)));
    return await globalThis.fetch(url, init);
  };
  const request = ["--results", "50", "--page-size", "10", "--api", api.url, "--out", out];
  return await runCommandLine([...request, "--log", "json", ...args], {
    effects: { ...clock, fetch, ...effects },
    signal: stop.signal,
  });
}

function pagesOf({ requests }: MockApi): (number | undefined)[] {
  return requests.filter(({ outcome }) => outcome === "completed")
    .map(({ page }) => page).sort();
}

Deno.test("a run without a seed resumes with its first seed and fetches no page twice", async () => {
  await using here = await place();
  const stopped = await run(here, { after: 3 });
  assertEquals(stopped.status, 130);
  assertEquals(stopped.events.at(-1)?.event, "run.stopped");
  const ended = await run(here);
  assertEquals(ended.status, 0);
  assertEquals(ended.events[0]?.event, "run.resumed");
  assertEquals(ended.events[0]?.["fetched"], 3);
  assertEquals(pagesOf(here.api), [1, 2, 3, 4, 5]);
  const seeds = new Set(here.api.requests.map(({ seed }) => seed));
  assertEquals(seeds.size, 1);
  const { requests, batches, people } = await readManifest(`${here.out}/tables`);
  assertEquals(requests[0]?.["seed"], [...seeds][0]);
  assertEquals(people.received, 50);
  for (const { page } of batches[0]?.pages ?? []) assert(page.includes(`seed=${[...seeds][0]}`));
});

Deno.test("a run without a seed keeps its seed after all pages are fetched", async () => {
  await using here = await place({ faults: ["renamed:pages=5"] });
  const refused = await run(here, { args: ["--max-rejects", "0"] });
  assertEquals(refused.status, 5);
  const ended = await run(here, { args: ["--max-rejects", "100%"] });
  assertEquals(ended.status, 0);
  assertEquals(ended.events[0]?.["built"], 1);
  assertEquals(pagesOf(here.api), [1, 2, 3, 4, 5]);
  const { requests } = await readManifest(`${here.out}/tables`);
  assertEquals(requests[0]?.["seed"], here.api.requests[0]?.seed);
});

Deno.test("a run that lost its network resumes with the same command", async () => {
  await using here = await place();
  const port = Number(new URL(here.api.url).port);
  let closed: Promise<void> | undefined;
  const lost = await run(here, { after: 2, happens: () => void (closed = here.api.close()) });
  await closed;
  assertEquals(lost.status, 3);
  assertMatch(String(lost.events.at(-1)?.["message"]), /tried \d+ times and the timeout/);
  await using again = await startMockApi({ port, limit: 0 });
  const ended = await run({ ...here, api: again });
  assertEquals(ended.status, 0);
  assertEquals(pagesOf(here.api), [1, 2]);
  assertEquals(pagesOf(again), [3, 4, 5]);
});

Deno.test("a resumed run refuses a page with the people of an earlier page", async () => {
  await using here = await place({ faults: ["repeat:pages=4"] });
  assertEquals((await run(here, { after: 3 })).status, 130);
  const failed = await run(here);
  assertEquals(failed.status, 3);
  assertMatch(String(failed.events.at(-1)?.["message"]), /page 4 has the people of page 1/);
  assertMatch(String(failed.events.at(-1)?.["next"]), /another --seed/);
});

Deno.test("a resumed run counts earlier requests and gets no 429", async () => {
  await using here = await place({ limit: 30, window: 300 });
  const args = ["--rate", "30", "--timeout", "3600"];
  // The third page is requested, and perhaps counted, but never answered.
  // The fourth page waits for the limit until the run is stopped.
  const sleep = (_ms: number, signal?: AbortSignal) => REAL.sleep(60_000, signal);
  assertEquals((await run(here, { after: 2, args, effects: { sleep } })).status, 130);
  const ended = await run(here, { args });
  assertEquals(ended.status, 0);
  assertEquals(ended.events[1]?.event, "rate.waited");
  assertEquals(here.clock.sleeps[0], 300_000);
  assertEquals(here.api.requests.filter(({ status }) => status === 429), []);
  assertEquals(pagesOf(here.api), [1, 2, 3, 4, 5]);
});

Deno.test("another run within five minutes counts the requests of the last one", async () => {
  await using here = await place({ limit: 50, window: 300 });
  const args = ["--rate", "50", "--timeout", "3600"];
  assertEquals((await run(here, { args: [...args, "--seed", "a"] })).status, 0);
  assertEquals(here.clock.sleeps, []);
  assertEquals((await run(here, { args: [...args, "--seed", "b"] })).status, 0);
  assert((here.clock.sleeps[0] ?? 0) > 295_000);
  assertEquals(here.api.requests.filter(({ status }) => status === 429), []);
});

Deno.test("a wait that exceeds --timeout ends with status 4 before the next request", async () => {
  await using here = await place();
  const ended = await run(here, { args: ["--rate", "30", "--timeout", "60"] });
  assertEquals(ended.status, 4);
  assertEquals(pagesOf(here.api), [1, 2, 3]);
  assertMatch(String(ended.events.at(-1)?.["next"]), /again in 5 min 0 s, or give more time/);
});
