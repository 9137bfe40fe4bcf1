import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Ended, notify } from "../../etl/alert/mod.ts";
import { alertFor } from "../../etl/cli/runbook.ts";
import { fakeClock } from "../clock.ts";
import { filesUnder } from "../project.ts";
import { temporary } from "../temporary.ts";
import { type Answer, startReceiver, TOKEN } from "./receiver.ts";

const NOTHING = { counts: [], failed: [] };
const START = Date.parse("2026-01-01T00:00:00Z");

/** Starts a receiver and returns it with a folder and a function that reports an exit code. */
async function world(answer?: Answer) {
  const folder = await temporary();
  const receiver = startReceiver(answer);
  const clock = fakeClock(START);
  const effects = { ...clock, fetch: globalThis.fetch };
  const send = (status: number, ended: Partial<Ended> = {}) =>
    notify({ pipeline: "nightly", facts: NOTHING, ...ended, status }, {
      webhook: new URL(receiver.url),
      alertFor,
      folder: `${folder.path}/alerts`,
      effects,
    });
  const end = async () => {
    await receiver[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  };
  return { receiver, clock, send, path: folder.path, [Symbol.asyncDispose]: end };
}

Deno.test("an incident is reported once and resolved once, and a success reports nothing", async () => {
  await using it = await world();
  const seen = [];
  for (const status of [0, 3, 3, 3, 0, 0, 3]) {
    const { decision, sent } = await it.send(status, { step: "land" });
    await it.clock.sleep(3_600_000);
    seen.push(sent ? decision : "-");
  }
  assertEquals(seen, ["-", "tell", "-", "-", "resolve", "-", "tell"]);
  assertEquals(it.receiver.posted.length, 3);
  assertStringIncludes(
    it.receiver.posted[1]!.text,
    "after 3 h 0 min. The problem was: the source is broken",
  );
});

Deno.test("a second cause is reported too, and one message resolves all causes", async () => {
  await using it = await world();
  await it.send(3, { step: "land" });
  await it.send(5, { step: "check tables" });
  await it.send(5, { step: "check tables" });
  await it.send(5, { step: "check pages" });
  await it.send(0);
  const texts = it.receiver.posted.map(({ text }) => text.split(".")[0]);
  assertEquals(texts, [
    "nightly: the source is broken",
    "nightly: the tables failed a check",
    "nightly: the landed pages failed a check",
    "nightly: resolved",
  ]);
});

Deno.test("each pipeline has its own incidents", async () => {
  await using it = await world();
  await it.send(7, { pipeline: "one" });
  await it.send(0, { pipeline: "two" });
  await it.send(7, { pipeline: "two" });
  assertEquals(it.receiver.posted.length, 2);
});

Deno.test("concurrent notifications of one incident send one message", async () => {
  await using it = await world(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return undefined;
  });
  const results = await Promise.all(Array.from({ length: 8 }, () => it.send(3, { step: "land" })));
  assertEquals(results.filter(({ sent }) => sent).length, 1);
  assertEquals(it.receiver.posted.length, 1);
});

Deno.test("a request to Slack is retried after the time in Retry-After", async () => {
  await using it = await world((number) =>
    number === 1
      ? new Response("rate_limited", { status: 429, headers: { "retry-after": "7" } })
      : number === 2
      ? new Response("down", { status: 503 })
      : undefined
  );
  const { sent, problems } = await it.send(3);
  assertEquals([sent, problems, it.receiver.requests], [true, [], 3]);
  assertEquals(it.clock.sleeps[0], 7000);
});

Deno.test("a refused message is reported as a problem and sent by the next run", async () => {
  let refusing = true;
  await using it = await world(() =>
    refusing ? new Response("no_active_hooks", { status: 404 }) : undefined
  );
  const first = await it.send(3);
  assertEquals([first.decision, first.sent], ["tell", false]);
  assertEquals(first.problems, [
    "Cannot notify Slack: it answered with status 404, no_active_hooks",
  ]);
  assertEquals(it.receiver.requests, 1);
  refusing = false;
  assertEquals((await it.send(3)).sent, true);
  refusing = true;
  assertEquals((await it.send(0)).sent, false);
  refusing = false;
  assertEquals((await it.send(0)).sent, true);
});

Deno.test("no redirect is followed, and the body of an unknown server is not quoted", async () => {
  await using it = await world(() =>
    new Response(`see ${TOKEN}`, { status: 302, headers: { location: "http://127.0.0.1:9/x" } })
  );
  const { problems } = await it.send(3);
  assertEquals(problems, ["Cannot notify Slack: it answered with status 302"]);
});

Deno.test("an unreachable webhook is retried and reported without its address", async () => {
  await using folder = await temporary();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const { sent, problems } = await notify({ pipeline: "nightly", facts: NOTHING, status: 3 }, {
    webhook: new URL(`http://127.0.0.1:${port}/services/${TOKEN}`),
    alertFor,
    folder: folder.path,
    effects: { ...fakeClock(), fetch: globalThis.fetch },
  });
  assertEquals(sent, false);
  assertMatch(problems[0]!, /^Cannot notify Slack: .*refused.*; tried 4 times and gave up$/);
  assert(!problems[0]!.includes("services"), problems[0]);
});

Deno.test("a disk error does not prevent an alert", async () => {
  await using it = await world();
  await Deno.writeTextFile(`${it.path}/alerts`, "in the way");
  const { sent, problems } = await it.send(7);
  assertEquals([sent, it.receiver.posted.length], [true, 1]);
  assertMatch(problems[0]!, /^Cannot write .*alerts: /);
});

Deno.test("a truncated state file is ignored, and the state holds no address", async () => {
  await using it = await world();
  await it.send(3);
  const [[name, bytes]] = [...await filesUnder(`${it.path}/alerts`)].filter(([name]) =>
    name.endsWith(".json")
  ) as [[string, Uint8Array<ArrayBuffer>]];
  const saved = new TextDecoder().decode(bytes);
  assert(!saved.includes("PLANTED") && !saved.includes("http"), saved);
  await Deno.writeTextFile(`${it.path}/alerts/${name}`, saved.slice(0, 20));
  assertEquals((await it.send(3)).sent, true);
});
