import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Context } from "../../etl/cli/command.ts";
import { mockApi } from "../../etl/cli/mock_api.ts";
import { DestinationError, EXIT } from "../../etl/common/errors.ts";
import { FAULTS } from "../../etl/mock_api/faults.ts";

/** Makes a terminal that records its output and resolves `ready` at the first line on stderr. */
function fakeContext() {
  const printed = { out: "", err: "" };
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  const terminal: Context["terminal"] = {
    out: (chunk) => void (printed.out += chunk),
    err: (text) => {
      printed.err += text;
      ready.resolve();
    },
    input: ReadableStream.from([]),
    isTerminal: { in: false, out: false, err: false },
    columns: () => 80,
    color: false,
  };
  const context: Context = { terminal, positionals: [], signal: stop.signal };
  return { context, printed, stop, ready: ready.promise };
}

Deno.test("mock-api serves until Ctrl-C, prints its address and records each request", async () => {
  const requests = await Deno.makeTempFile({ suffix: ".ndjson" });
  const { context, printed, stop, ready } = fakeContext();
  const values = { port: 0, json: true, requests, fault: ["503:pages=2"], limit: 0 } as never;
  const running = mockApi.run(values, context);
  await ready;
  const { url } = JSON.parse(printed.out);
  assert(printed.err.includes(`Serving ${url},`));
  for (const page of [1, 2]) await (await fetch(`${url}/1.3/?seed=a&page=${page}`)).text();
  stop.abort();
  await running;
  await assertRejects(() => fetch(url), TypeError);
  const lines = (await Deno.readTextFile(requests)).trimEnd().split("\n");
  const entries = lines.map((line) => JSON.parse(line));
  assertEquals(entries.map(({ page, status, outcome }) => [page, status, outcome]), [
    [1, 200, "completed"],
    [2, 503, "completed"],
  ]);
  await Deno.remove(requests);
});

Deno.test("mock-api fails at the start if it cannot record requests", async () => {
  const { context, printed } = fakeContext();
  const requests = "/nowhere/requests.ndjson";
  await assertRejects(
    () => mockApi.run({ port: 0, requests }, context),
    DestinationError,
    requests,
  );
  assertEquals(printed, { out: "", err: "" });
});

Deno.test("mock-api --faults lists every fault and starts no server", async () => {
  const { context, printed } = fakeContext();
  assertEquals(await mockApi.run({ faults: true }, context), EXIT.done);
  assertEquals(printed.err, "");
  for (const name of Object.keys(FAULTS)) {
    assert(printed.out.includes(`\n${name} `) || name === "429");
  }
});
