import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { RateLimitError, SourceError, UsageError } from "../etl/common/errors.ts";
import type { LogEvent } from "../etl/common/events.ts";
import { type MockApiOptions, startMockApi } from "../etl/mock_api/server.ts";
import { RandomUser } from "../etl/random_user.ts";
import type { RandomUserOptions } from "../etl/extract/api/request.ts";
import { PageError } from "../etl/extract/pages/page.ts";
import { fakeClock } from "./clock.ts";

async function started(options: MockApiOptions & { readonly ask?: RandomUserOptions } = {}) {
  const clock = fakeClock();
  const { ask, ...others } = options;
  const api = await startMockApi({ ...others, effects: { now: clock.now, sleep: clock.sleep } });
  const events: LogEvent[] = [];
  const log = (event: LogEvent) => void events.push(event);
  const client = new RandomUser({ api: api.url, ...ask }, { ...clock, log });
  return { api, client, clock, events, [Symbol.asyncDispose]: api.close };
}

Deno.test("without a seed, all pages are requested with the seed of the first page", async () => {
  await using run = await started();
  const pages = await Array.fromAsync(run.client.pages(12_000));
  assertEquals(pages.map(({ people }) => people.length), [5000, 5000, 2000]);
  const seed = run.client.request.seed;
  assert(seed !== undefined);
  assertEquals(run.api.requests.map((entry) => entry.seed), [seed, seed, seed]);
  assert(!run.api.requests[0]?.target.includes("seed="));
  assert(run.api.requests[1]?.target.includes(`seed=${seed}`));
  assert(pages[0]?.label.includes(`seed=${seed}`), "the label of the first page has the seed");
});

Deno.test("without a seed, concurrent pages wait for the seed of the first", async () => {
  await using run = await started({ ask: { pageSize: 10 }, faults: ["503:pages=1,times=1"] });
  const pages = await Promise.all([1, 2, 3].map((page) => run.client.page(page)));
  assertEquals(new Set(pages.map(({ seed }) => seed)).size, 1);
});

Deno.test("if the first page fails, the next one determines the seed", async () => {
  await using run = await started({ ask: { pageSize: 10 }, faults: ["version:pages=1"] });
  const [first, second, third] = await Promise.allSettled(
    [1, 2, 3].map((page) => run.client.page(page)),
  );
  assertEquals(first?.status, "rejected");
  assert(second?.status === "fulfilled" && third?.status === "fulfilled");
  assertEquals(second.value.seed, third.value.seed);
});

Deno.test("with a gender no seed is used, because the API would ignore the gender", async () => {
  await using run = await started({ ask: { gender: "female", pageSize: 20 } });
  const page = await run.client.page(1);
  assertEquals(run.client.request.seed, undefined);
  assert(!page.label.includes("seed="));
  await run.client.page(1);
  assert(!run.api.requests[1]?.target.includes("seed="));
  await assertRejects(() => run.client.pages(21).next(), UsageError, "gender on 2 pages");
});

Deno.test("pages hold no secrets", async () => {
  await using run = await started({ ask: { pageSize: 5, seed: "a" } });
  const text = JSON.stringify(await run.client.page(1));
  assert(!/password|salt|md5|sha1/.test(text));
  assert(text.includes("sha256"));
});

Deno.test("a page that repeats an earlier one is refused, also if it is shorter", async () => {
  await using run = await started({ ask: { pageSize: 10, seed: "a" }, faults: ["repeat:pages=3"] });
  const error = await assertRejects(() => Array.fromAsync(run.client.pages(25)), PageError);
  assertEquals(error.rule, "repeat");
  assertMatch(error.message, /page 3 has the people of page 1/);
});

Deno.test("a wrong address fails quickly, an outage after valid pages is retried", async () => {
  await using wrong = await started({ ask: { pageSize: 10, seed: "a" }, faults: ["503"] });
  const error = await assertRejects(() => wrong.client.page(1), SourceError);
  assertMatch(error.message, /; tried 5 times and gave up$/);
  assertEquals(wrong.api.requests.length, 5);
  await using out = await started({
    ask: { pageSize: 10, seed: "a" },
    faults: ["503:pages=2,times=12"],
  });
  await out.client.page(1);
  assertEquals((await out.client.page(2)).people.length, 10);
  assertEquals(out.api.requests.length, 14);
});

Deno.test("each failed request and each wait is logged with its reason", async () => {
  await using run = await started({
    ask: { pageSize: 10, seed: "a", rate: 20 },
    faults: ["429:after=3,pages=1,times=1", "cut:pages=2,times=1", "count:pages=2,times=1"],
  });
  for (const page of [1, 2, 3]) await run.client.page(page);
  const logged = run.events.map(({ event, data }) =>
    "reason" in data ? `${event} ${data.reason}` : event
  );
  assertEquals(logged.filter((one) => one !== "rate.waited"), [
    "page.failed status-429",
    "page.fetched",
    "page.failed cut",
    "page.failed rule-count",
    "page.fetched",
    "page.fetched",
  ]);
  assert(logged.includes("rate.waited"));
});

Deno.test("no request exceeds the API's rate limit", async () => {
  await using run = await started({
    ask: { seed: "a", rate: 200, pageSize: 50 },
    limit: 200,
    window: 300,
  });
  const began = run.clock.now();
  // The default of 10 minutes is too short.
  const deadline = began + 3_600_000;
  let people = 0;
  for await (const page of run.client.pages(600, { deadline })) people += page.people.length;
  assertEquals(people, 600);
  assertEquals(run.api.requests.filter(({ status }) => status === 429), []);
  assertEquals((run.clock.now() - began) / 60_000, 10);
});

Deno.test("a permanent rate limit ends with a rate limit error at the timeout", async () => {
  await using run = await started({ ask: { pageSize: 10, seed: "a" }, faults: ["429"] });
  const error = await assertRejects(() => run.client.page(1), RateLimitError);
  assertEquals(error.status, 4);
  assertMatch(error.message, /tried \d+ times and the timeout leaves no time for another/);
  assert(run.api.requests.length > 5);
});

Deno.test("invalid options are refused before a request is sent", () => {
  assertThrows(() => new RandomUser({ seed: "a".repeat(18) }), UsageError);
});
