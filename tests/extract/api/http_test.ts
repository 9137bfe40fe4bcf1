import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { RateLimitError } from "../../../etl/common/errors.ts";
import { startMockApi } from "../../../etl/mock_api/server.ts";
import { FetchError, get, type GetOptions, proxyOf } from "../../../etl/extract/api/http.ts";
import { nextOf } from "../../next.ts";

const OPTIONS: GetOptions = { fetch, now: Date.now, idle: 5000, limit: 10_000 };
/** Milliseconds that no test lasts, so that only the other timeout can end a request. */
const NEVER = 3_600_000;

const PAGE = "/1.4/?results=20&page=1&seed=a";

async function failed(fault: string, options: Partial<GetOptions> = {}): Promise<FetchError> {
  await using api = await startMockApi();
  return await assertRejects(
    () => get(api.faulty(fault) + PAGE, { ...OPTIONS, ...options }),
    FetchError,
  );
}

Deno.test("a response has its type and its bytes", async () => {
  await using api = await startMockApi();
  const { type, body } = await get(api.url + PAGE, OPTIONS);
  assertMatch(type, /json/);
  assertEquals(JSON.parse(new TextDecoder().decode(body)).results.length, 20);
});

Deno.test("a closed port is reported as unreachable with the system's reason", async () => {
  const api = await startMockApi();
  await api.close();
  const error = await assertRejects(() => get(api.url + PAGE, OPTIONS), FetchError);
  assertEquals(error.reason, "unreachable");
  assert(error.transient);
  assertMatch(error.message, /^Cannot reach http:\/\/127.0.0.1:\d+\S+: .*[Cc]onnection refused/);
  assertMatch(nextOf(error), /--source sample/);
  assert(error.cause instanceof Error);
});

Deno.test("a connection reset is reported as unreachable", async () => {
  const error = await failed("reset");
  assertEquals(error.reason, "unreachable");
  assert(error.transient);
});

Deno.test("an incomplete response is reported as cut", async () => {
  const error = await failed("cut");
  assertEquals(error.reason, "cut");
  assert(error.transient);
});

Deno.test("a request that receives no bytes times out", async () => {
  for (const fault of ["slow:ms=60000", "stall:ms=60000"]) {
    const error = await failed(fault, { idle: 80, limit: NEVER });
    assertEquals(error.reason, "timeout");
    assert(error.transient);
  }
});

Deno.test("a request ends at its time limit", async () => {
  const error = await failed("slow:ms=60000", { idle: NEVER, limit: 80 });
  assertEquals(error.reason, "timeout");
});

/** Replaces the timers of this thread by some that only `pass` advances, until it is disposed. */
function fakeTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, { readonly at: number; readonly call: () => void }>();
  let [now, last] = [0, 0];
  const fakes = {
    setTimeout: (
      call: () => void,
      ms: number,
    ) => (timers.set(++last, { at: now + ms, call }), last),
    clearTimeout: (id: number) => void timers.delete(id),
  };
  Object.assign(globalThis, fakes);
  const pass = (ms: number) => {
    now += ms;
    for (const { at, call } of timers.values()) if (at <= now) call();
  };
  const dispose = () => void Object.assign(globalThis, { setTimeout, clearTimeout });
  return { pass, [Symbol.dispose]: dispose };
}

Deno.test("a slow response that makes progress does not time out", async () => {
  using timers = fakeTimers();
  let left = 9;
  const slow: typeof fetch = (_, init) => {
    const pull = (controller: ReadableStreamDefaultController) => {
      timers.pass(600);
      init?.signal?.throwIfAborted();
      if (left-- > 0) controller.enqueue(new Uint8Array(1));
      else controller.close();
    };
    return Promise.resolve(new Response(new ReadableStream({ pull }, { highWaterMark: 0 })));
  };
  const options = { ...OPTIONS, idle: 1000, limit: NEVER, fetch: slow };
  assertEquals((await get("http://x/", options)).body.length, 9);
});

Deno.test("an abort ends a request immediately with the abort reason", async () => {
  await using api = await startMockApi();
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  const error = await assertRejects(
    () => get(api.faulty("slow:ms=60000") + PAGE, { ...OPTIONS, signal: stop.signal }),
    DOMException,
  );
  assertEquals(error.name, "AbortError");
});

Deno.test("an HTML page of a proxy is reported as HTML", async () => {
  const error = await failed("502");
  assertEquals(error.reason, "status-502");
  assert(error.transient);
  assertMatch(error.message, /status 502 and an HTML page, as from a proxy$/);
});

Deno.test("the error of an outage has the API's message and the requested wait", async () => {
  const error = await failed("503:after=7");
  assertMatch(error.message, /status 503: Uh oh, something has gone wrong/);
  assertEquals(error.retryAfter, 7000);
  const dated = await failed("503:date=60");
  assert((dated.retryAfter ?? 0) > 50_000 && (dated.retryAfter ?? 0) <= 61_000);
});

Deno.test("a missing address is not retried", async () => {
  await using api = await startMockApi();
  const error = await assertRejects(() => get(api.url + "/9.9/", OPTIONS), FetchError);
  assertEquals(error.reason, "status-404");
  assertEquals(error.transient, false);
  assertMatch(nextOf(error), /--api and --api-version/);
});

Deno.test("status 429 is reported as a rate limit", async () => {
  await using api = await startMockApi();
  const error = await assertRejects(
    () => get(api.faulty("429:after=0") + PAGE, OPTIONS),
    RateLimitError,
  );
  assertEquals(error.retryAfter, 0);
  assertEquals(error.status, 4);
  assertMatch(error.message, /status 429: Whoa, ease up/);
});

Deno.test("an endless response is aborted", async () => {
  const chunk = new Uint8Array(1024 ** 2);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  const error = await assertRejects(
    () => get("http://x/", { ...OPTIONS, fetch: () => Promise.resolve(new Response(endless)) }),
    FetchError,
  );
  assertEquals(error.reason, "too-large");
  assertEquals(error.transient, false);
});

const API = "https://randomuser.me/api/1.4/";

/** Environment, address, expected proxy. */
const CASES: readonly (readonly [Record<string, string>, string, string | undefined])[] = [
  [{}, API, undefined],
  [{ HTTPS_PROXY: "" }, API, undefined],
  [{ HTTPS_PROXY: "http://cache:3128" }, API, "cache:3128"],
  [{ https_proxy: "http://cache:3128/" }, API, "cache:3128"],
  [{ HTTPS_PROXY: "http://ada:secret@cache:3128" }, API, "cache:3128"],
  [{ HTTPS_PROXY: "cache:3128" }, API, "cache:3128"],
  [{ ALL_PROXY: "socks5://cache:1080" }, API, "cache:1080"],
  [{ HTTP_PROXY: "http://cache:3128" }, API, undefined],
  [{ HTTP_PROXY: "http://cache:3128" }, "http://localhost:8686/api/", "cache:3128"],
  [{ HTTPS_PROXY: "http://cache:3128", NO_PROXY: "localhost, .randomuser.me" }, API, undefined],
  [{ HTTPS_PROXY: "http://cache:3128", no_proxy: "user.me" }, API, "cache:3128"],
  [{ HTTPS_PROXY: "http://cache:3128", NO_PROXY: "*" }, API, undefined],
];

Deno.test("the proxy of an address is given as host and port, without the password", () => {
  for (const [env, url, proxy] of CASES) {
    assertEquals(proxyOf(url, (name) => env[name]), proxy, JSON.stringify(env));
  }
});
