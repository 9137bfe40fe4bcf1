import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { REAL } from "../../etl/common/effects.ts";
import { UsageError } from "../../etl/common/errors.ts";
import { FAULTS } from "../../etl/mock_api/faults.ts";
import { type MockApi, type MockApiOptions, startMockApi } from "../../etl/mock_api/server.ts";
import { nextOf } from "../next.ts";

const QUERY = "/1.4/?results=20&seed=a&page=3&nat=us";

function api(name: string, test: (server: MockApi) => Promise<void>, options?: MockApiOptions) {
  Deno.test(name, async () => {
    await using server = await startMockApi(options);
    await test(server);
  });
}

/** Sends {@link QUERY} to an address with a fault and returns the answer. */
async function hit({ faulty }: MockApi, fault: string) {
  const response = await fetch(faulty(fault) + QUERY);
  const text = await response.text();
  const type = response.headers.get("content-type")?.split(";")[0];
  return { status: response.status, type, retryAfter: response.headers.get("retry-after"), text };
}

// deno-lint-ignore no-explicit-any
async function page(server: MockApi, fault: string): Promise<any> {
  const { status, text } = await hit(server, fault);
  assertEquals(status, 200, fault);
  return JSON.parse(text);
}

// deno-lint-ignore no-explicit-any
async function right({ url }: MockApi, query = QUERY): Promise<any> {
  return await (await fetch(url + query)).json();
}

api("the faults 429 and 503 return JSON errors, with Retry-After on request", async (server) => {
  for (const fault of ["429", "503"]) {
    const { status, type, retryAfter, text } = await hit(server, fault);
    assertEquals({ status, type, retryAfter }, {
      status: Number(fault),
      type: "application/json",
      retryAfter: null,
    });
    assertEquals(Object.keys(JSON.parse(text)), ["error"]);
    assertEquals((await hit(server, `${fault}:after=0`)).retryAfter, "0");
    assertEquals((await hit(server, `${fault}:after=7`)).retryAfter, "7");
  }
});

Deno.test("Retry-After may be a date, rounded up to the next second", async () => {
  const effects = { now: () => Date.UTC(2026, 0, 1, 0, 0, 0, 1), sleep: () => Promise.resolve() };
  await using server = await startMockApi({ effects });
  const { retryAfter } = await hit(server, "429:date=5");
  assertEquals(retryAfter, "Thu, 01 Jan 2026 00:00:06 GMT");
});

api("the fault 502 returns an HTML page, text returns text labelled as JSON", async (server) => {
  const html = await hit(server, "502");
  assertEquals([html.status, html.type], [502, "text/html"]);
  assertMatch(html.text, /^<html>/);
  const text = await hit(server, "text");
  assertEquals([text.status, text.type], [200, "application/json"]);
  assert(text.text.startsWith("Service"));
});

api("the faults error and empty return status 200 without people", async (server) => {
  assertEquals(Object.keys(await page(server, "error")), ["error"]);
  const info = { seed: "a", results: 1, page: 3, version: "1.4" };
  assertEquals(await page(server, "empty"), { results: [], info });
});

api("each of the faults count, page, seed and version changes one value", async (server) => {
  const expected = await right(server);
  const { results, info } = expected;
  assertEquals(await page(server, "count"), { results: results.slice(0, 19), info });
  assertEquals(await page(server, "page"), { results, info: { ...info, page: 4 } });
  assertEquals(await page(server, "seed"), { results, info: { ...info, seed: "a-other" } });
  assertEquals(await page(server, "version"), { results, info: { ...info, version: "1.3" } });
});

api("the fault nat returns another nationality, repeat returns page 1", async (server) => {
  const foreign = await page(server, "nat");
  assertEquals(foreign.results.length, 20);
  assert(foreign.results.every(({ nat }: { nat: string }) => nat !== "US"));
  const repeated = await page(server, "repeat");
  assertEquals(repeated.results, (await right(server, QUERY.replace("page=3", "page=1"))).results);
  assertEquals(repeated.info, (await right(server)).info);
});

api("the faults renamed and retyped change one field of every person", async (server) => {
  const [expected] = (await right(server)).results;
  const { email, ...others } = expected;
  assertEquals((await page(server, "renamed")).results[0], { ...others, mail: email });
  assertEquals((await page(server, "retyped")).results[0], {
    ...expected,
    dob: expected.dob.date,
  });
});

/** A clock whose sleeps last until `end`; `asked` resolves with the milliseconds of the first. */
function heldClock() {
  const asked = Promise.withResolvers<number>();
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const sleep = (ms: number) => (asked.resolve(ms), promise);
  return { effects: { now: Date.now, sleep }, asked: asked.promise, end };
}

Deno.test("the fault slow delays the first byte, stall delays the second half", async () => {
  for (const fault of ["slow:ms=150", "stall:ms=150"]) {
    const { effects, asked, end } = heldClock();
    await using server = await startMockApi({ effects });
    const expected = await (await fetch(server.url + QUERY)).text();
    const response = fetch(server.faulty(fault) + QUERY);
    const text = response.then((it) => it.text());
    assertEquals(await asked, 150);
    if (fault.startsWith("stall")) await response;
    const delayed = fault.startsWith("stall") ? text : response;
    const early = new Promise((resolve) => setTimeout(resolve, 50, "nothing"));
    assertEquals(await Promise.race([delayed, early]), "nothing", fault);
    end();
    assertEquals(await text, expected);
  }
});

/** Returns the raw answer of a socket; throws if the connection breaks. */
async function raw({ url }: MockApi, target: string): Promise<string> {
  const { hostname, port } = new URL(url);
  using socket = await Deno.connect({ hostname, port: Number(port) });
  const request = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  await socket.write(new TextEncoder().encode(request));
  return await new Response(socket.readable).text();
}

api("the fault cut ends the body early: fetch fails, a socket gets a part", async (server) => {
  await assertRejects(() => hit(server, "cut"), TypeError);
  const [, full = ""] = (await raw(server, "/fault/cut:bytes=999999/api/1.4/")).split("\r\n\r\n");
  const answer = await raw(server, "/fault/cut:bytes=100/api/1.4/?seed=a");
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  assertMatch(head, /^HTTP\/1\.1 200 OK\r\n/);
  assert(Number(/Content-Length: (\d+)/.exec(head)?.[1]) > 900);
  assertEquals(new TextEncoder().encode(body).length, 100);
  assert(full.endsWith('"version":"1.4"}'), "expected the whole body");
});

api(
  "the fault reset breaks the connection: fetch fails, and a socket gets a reset",
  async (server) => {
    await assertRejects(() => hit(server, "reset"), TypeError);
    await assertRejects(() => raw(server, "/fault/reset/api/1.4/"), Deno.errors.ConnectionReset);
  },
);

api("a fault applies only to its pages, as often as set", async ({ url, requests }) => {
  const get = async (page: number) => {
    const response = await fetch(`${url}/1.4/?seed=a&page=${page}`);
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await Promise.all([get(2), get(4)]), [200, 200]);
  assertEquals([await get(3), await get(3), await get(3)], [429, 429, 200]);
  assertEquals([await get(7), await get(8), await get(9), await get(10)], [503, 503, 503, 200]);
  assertEquals(await get(7), 200);
  assertEquals(requests.filter(({ fault }) => fault === "429").map(({ page }) => page), [3, 3]);
}, { faults: ["429:pages=3,times=2", "503:pages=7-9+12,times=1"] });

api("each address counts its own faults, and applies them in order", async (server) => {
  const status = async (url: string) => {
    const response = await fetch(url + QUERY);
    await response.body?.cancel();
    return response.status;
  };
  const twice = server.faulty("429:times=1", "503:times=1");
  assertMatch(twice, /\/fault\/429:times=1\/fault\/503:times=1\/api$/);
  assertEquals([await status(twice), await status(twice), await status(twice)], [429, 503, 200]);
  assertEquals(await status(server.faulty("429:times=1")), 429);
  assertEquals(await status(server.url), 200);
});

api("every request is recorded with its parsed parameters and its outcome", async (server) => {
  const { requests, url } = server;
  await right(server);
  await assertRejects(() => hit(server, "cut"), TypeError);
  await assertRejects(() => hit(server, "reset"), TypeError);
  await (await fetch(`${url}/2.0/`)).text();
  const { at, ...first } = requests[0]!;
  assert(Date.now() - at < 60_000);
  const page = { page: 3, results: 20, seed: "a" };
  assertEquals(first, { target: `/api${QUERY}`, ...page, status: 200, outcome: "completed" });
  const cut = requests.find(({ fault }) => fault === "cut");
  assertEquals([cut?.status, cut?.outcome], [200, "cut"]);
  const reset = requests.find(({ fault }) => fault === "reset");
  assertEquals([reset?.status, reset?.outcome, reset?.page], [undefined, "cut", 3]);
  assertEquals(requests.at(-1)?.status, 404);
});

Deno.test("a client that disconnects during an answer is recorded as cut", async () => {
  const { effects, asked, end } = heldClock();
  await using server = await startMockApi({ effects });
  {
    using connection = await Deno.connect({ port: Number(new URL(server.url).port) });
    const request = "GET /fault/stall/api/1.4/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
    await connection.write(new TextEncoder().encode(request));
    await asked;
  }
  end();
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(server.requests[0]?.outcome, "cut");
});

api(
  "a client that disconnects without reading is recorded as cut, and the server goes on",
  async ({ url, requests }) => {
    const port = Number(new URL(url).port);
    const request = "GET /api/1.4/?results=5000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (let client = 1; client <= 5; client++) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      await connection.write(new TextEncoder().encode(request));
    }
    while (requests.length < 5) await new Promise((resolve) => setTimeout(resolve, 20));
    assertEquals(requests.map(({ outcome }) => outcome), Array(5).fill("cut"));
    assertEquals((await fetch(url + "/1.4/?results=1").then((it) => it.json())).results.length, 1);
  },
  { limit: 0 },
);

Deno.test("a server closes while an answer is delayed, and its port is free again", async () => {
  const asked = Promise.withResolvers<void>();
  const sleep: typeof REAL.sleep = (...wait) => (asked.resolve(), REAL.sleep(...wait));
  const server = await startMockApi({ effects: { now: Date.now, sleep } });
  const answer = assertRejects(() => fetch(server.faulty("slow:ms=60000") + QUERY), TypeError);
  await asked.promise;
  await server.close();
  await answer;
  assertEquals(server.requests.map(({ outcome }) => outcome), ["cut"]);
  const port = Number(new URL(server.url).port);
  await using again = await startMockApi({ port });
  const error = await assertRejects(() => startMockApi({ port }), UsageError, String(port));
  assertMatch(nextOf(error), /--port 0/);
  assertNotEquals(again.url, "");
});

api("an invalid fault is explained, at the start or with status 400", async (server) => {
  const cases = {
    "": "nothing is not among 429,502",
    "teapot": "teapot is not among 429,502",
    "429:pages=x": "pages=x is not among",
    "429:pages=3+": " is not a page or a range",
    "429:times=1-2": "1-2 is not a whole number",
    "cut:ms=5": "ms=5 is not among pages=…, times=…, bytes=…",
  };
  for (const [spec, why] of Object.entries(cases)) {
    await assertRejects(() => startMockApi({ faults: [spec] }), UsageError, why);
    if (spec === "") continue;
    const { status, text } = await hit(server, spec);
    assertEquals([status, text.includes(why)], [400, true], spec);
  }
});

api("every fault changes the answer or delays it", async (server) => {
  const ask = async (base: string) => {
    const target = new URL(base).pathname + QUERY;
    return await raw(server, target).catch((error: Error) => error.name);
  };
  const expected = await ask(server.url);
  for (const [name, { takes = [] }] of Object.entries(FAULTS)) {
    const late = takes.some((option) => option === "ms");
    const answer = await ask(server.faulty(late ? `${name}:ms=1` : name));
    assertEquals(answer === expected, late, name);
  }
});
