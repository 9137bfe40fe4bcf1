import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { RateLimitError, SourceError } from "../../../etl/common/errors.ts";
import { parseRetryAfter, type RetryOptions, withRetries } from "../../../etl/extract/api/retry.ts";
import { fakeClock } from "../../clock.ts";

const HOUR = 3_600_000;

function options(effects = fakeClock(), others: Partial<RetryOptions> = {}): RetryOptions {
  const deadline = effects.now() + HOUR;
  return { effects, deadline, isEnough: () => false, onRetry: () => {}, ...others };
}

function failing(retryAfter?: number): () => Promise<never> {
  const details = { step: "fetch", cause: new Error("refused"), transient: true, retryAfter };
  return () => Promise.reject(new SourceError("Cannot reach it", details));
}

Deno.test("only a transient error is retried", async () => {
  let tries = 0;
  const twice = () => ++tries < 3 ? failing()() : Promise.resolve("done");
  assertEquals(await withRetries(twice, options()), "done");
  const terminal = new SourceError("No", { step: "fetch" });
  const rejected = await assertRejects(() =>
    withRetries(() => Promise.reject(terminal), options())
  );
  assert(rejected === terminal);
  assertEquals(terminal.message, "No");
});

Deno.test("an error that is not a DebrError is not retried", async () => {
  let tries = 0;
  const broken = () => (tries++, Promise.reject(new TypeError("a bug")));
  await assertRejects(() => withRetries(broken, options()), TypeError, "a bug");
  assertEquals(tries, 1);
});

Deno.test("waits grow up to a minute with full jitter", async () => {
  const clock = fakeClock();
  const isEnough = (tries: number) => tries === 200;
  const deadline = Infinity;
  await assertRejects(() => withRetries(failing(), options(clock, { isEnough, deadline })));
  const { sleeps } = clock;
  assertEquals(sleeps.length, 199);
  for (const [index, wait] of sleeps.entries()) {
    assert(wait >= 0 && wait <= Math.min(60_000, 1000 * 2 ** index), `wait ${index} of ${wait}`);
  }
  const late = sleeps.slice(10);
  assert(late.some((wait) => wait < 15_000), "full jitter includes short waits");
  assert(late.some((wait) => wait > 45_000), "full jitter includes long waits");
});

Deno.test("the last error has the number of tries and its cause", async () => {
  const isEnough = (tries: number) => tries === 3;
  const error = await assertRejects(
    () => withRetries(failing(), options(fakeClock(), { isEnough })),
    SourceError,
  );
  assertMatch(error.message, /^Cannot reach it; tried 3 times and gave up$/);
  assertEquals((error.cause as Error).message, "refused");
});

Deno.test("Retry-After is honoured, also if it is zero", async () => {
  for (const retryAfter of [0, 7000]) {
    const clock = fakeClock();
    const isEnough = (tries: number) => tries === 4;
    await assertRejects(() => withRetries(failing(retryAfter), options(clock, { isEnough })));
    assertEquals(clock.sleeps, [retryAfter, retryAfter, retryAfter]);
  }
});

Deno.test("a source that always sends Retry-After: 0 is retried with backoff", async () => {
  const clock = fakeClock();
  await assertRejects(() => withRetries(failing(0), options(clock)));
  assertEquals(clock.sleeps.slice(0, 5), [0, 0, 0, 0, 0]);
  assert(clock.sleeps.length < 500, `${clock.sleeps.length} tries in an hour`);
});

Deno.test("no try begins after the deadline, and no wait would exceed it", async () => {
  const clock = fakeClock();
  const end = clock.now() + 60_000;
  const limited = () =>
    Promise.reject(new RateLimitError("Too many", { step: "fetch", retryAfter: 61_000 }));
  const error = await assertRejects(
    () => withRetries(limited, options(clock, { deadline: end })),
    RateLimitError,
  );
  assertEquals(clock.sleeps, []);
  assertMatch(error.message, /Too many; tried once and the timeout leaves no time for another/);
});

Deno.test("an abort ends a wait immediately with the abort reason", async () => {
  const stop = new AbortController();
  const never = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true })
    );
  const waiting = withRetries(failing(), {
    ...options(),
    effects: { now: Date.now, sleep: never },
    signal: stop.signal,
    onRetry: () => queueMicrotask(() => stop.abort()),
  });
  const error = await assertRejects(() => waiting, DOMException);
  assertEquals(error.name, "AbortError");
});

Deno.test("Retry-After is parsed as seconds or as a date relative to the server's clock", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const read = (headers: Record<string, string>) => parseRetryAfter(new Headers(headers), now);
  const date = "Thu, 01 Jan 2026 00:00:30 GMT";
  assertEquals(read({ "retry-after": "120" }), 120_000);
  assertEquals(read({ "retry-after": "0" }), 0);
  assertEquals(read({ "retry-after": date }), 30_000);
  assertEquals(read({ "retry-after": date, "date": "Thu, 01 Jan 2026 00:00:20 GMT" }), 10_000);
  assertEquals(read({ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }), 0);
  assertEquals(read({ "retry-after": "soon" }), undefined);
  assertEquals(read({ "retry-after": "-5" }), undefined);
  assertEquals(read({}), undefined);
});
