import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseCommand } from "../../etl/cli/parse.ts";
import { extract } from "../../etl/cli/extract.ts";
import { EVENTS } from "../../etl/common/events.ts";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { runCommandLine } from "../command_line.ts";
import { temporary } from "../temporary.ts";
import { nextOf } from "../next.ts";

async function pathsUnder(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    paths.push(`${folder}/${name}`);
    if (isDirectory) paths.push(...await pathsUnder(`${folder}/${name}`));
  }
  return paths.sort();
}

/** An API on a closed port. */
const UNREACHABLE = ["--api", "http://127.0.0.1:9/api"];

Deno.test("--dry-run estimates the requests, time and size of a run and writes nothing", async () => {
  await using folder = await temporary();
  const out = `${folder.path}/new`;
  const million = ["--results", "1000000", "--dry-run", "--rate", "20000", "--out", out];
  const ran = await runCommandLine([...million, ...UNREACHABLE]);
  assertEquals(ran.status, 0);
  for (
    const part of [
      "people     1,000,000",
      "pages      200",
      "about 300.0 MB in 200 requests",
      "about 4 h 5 min, at 20,000 people in 5 min; gives up after 8 h 20 min",
      "parts      20 of users, logins, altids; 1 of countries, timezones, media",
      `Makes ${out}/tables`,
      "Nothing was fetched or changed.",
    ]
  ) assertStringIncludes(ran.out, part);
  assertEquals(await pathsUnder(folder.path), []);
});

Deno.test("--dry-run --json prints the estimate and the data it would replace as JSON", async () => {
  await using folder = await temporary();
  const out = folder.path;
  const synthetic = ["--source", "synthetic", "--results", "30", "--seed", "old", "--out", out];
  assertEquals((await runCommandLine(synthetic)).status, 0);
  const before = await pathsUnder(out);
  const flags = ["--results", "60000", "--dry-run", "--json", "--timeout", "99", "--out", out];
  const ran = await runCommandLine([...flags, ...UNREACHABLE]);
  assertEquals(await pathsUnder(out), before);
  const { request, replaces, ...plan } = JSON.parse(ran.out);
  assertEquals(request, {
    source: "api",
    api: UNREACHABLE[1],
    version: "1.4",
    results: 60000,
    pageSize: 5000,
  });
  assertEquals(replaces.rows.users, 30);
  assertEquals(replaces.requests[0].seed, "old");
  assertEquals(replaces.refused, false);
  assertEquals(plan, {
    out,
    mode: "replace",
    people: 60000,
    pages: 12,
    parts: 2,
    done: { pages: 0, batches: 0 },
    requests: 12,
    bytes: 18_000_000,
    rate: 0,
    seconds: 12,
    timeout: 99,
  });
});

Deno.test("--dry-run counts the pages that an interrupted run has fetched", async () => {
  await using folder = await temporary();
  await using api = await startMockApi({ limit: 0, faults: ["version:pages=3"] });
  const flags = ["--results", "50", "--page-size", "10", "--api", api.url, "--out", folder.path];
  assertEquals((await runCommandLine(flags)).status, 3);
  const ran = await runCommandLine([...flags, "--dry-run"]);
  assertStringIncludes(ran.out, "pages      5, 4 fetched and 0 of 1 batches built already");
  assertStringIncludes(ran.out, "in 1 request\n");
});

Deno.test("--log json writes only known events with their fields to stderr", async () => {
  await using folder = await temporary();
  await using api = await startMockApi({ limit: 0, faults: ["503:pages=2,times=1"] });
  const flags = ["--results", "40", "--page-size", "10", "--rate", "10", "--timeout", "9999"];
  const args = [...flags, "--api", api.url, "--out", folder.path, "--log", "json"];
  const { events, out, status } = await runCommandLine(args);
  assertEquals([status, out], [0, ""]);
  const codes = new Set(events.map(({ event }) => event));
  assertEquals([...codes], [
    "run.started",
    "page.fetched",
    "rate.waited",
    "page.failed",
    "batch.built",
    "run.committed",
  ]);
  for (const { time, event, message, ...data } of events) {
    assertMatch(String(time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert(String(message).length > 0);
    assertEquals(
      Object.keys(data).sort(),
      Object.keys(EVENTS[event as keyof typeof EVENTS].data).sort(),
    );
  }
  assertEquals(events.at(-1)?.["users"], 40);
});

Deno.test("--log text writes a line for each event and the summary", async () => {
  await using folder = await temporary();
  const flags = ["--source", "synthetic", "--results", "5", "--out", folder.path, "--log", "text"];
  const { err } = await runCommandLine(flags);
  assertMatch(err, /^\S+Z run.started Starting\n\S+Z batch.built Built batch 0, 5 people\n/);
  assertStringIncludes(err, "5 people in six tables");
});

Deno.test("without --log and without a terminal, only delays are reported", async () => {
  await using folder = await temporary();
  await using api = await startMockApi({ limit: 0, faults: ["503:pages=1,times=1"] });
  const args = ["--results", "5", "--api", api.url, "--out", folder.path];
  const [first, second] = (await runCommandLine(args)).err.split("\n");
  assertMatch(first ?? "", /status 503: Uh oh.*; trying again/);
  assertMatch(second ?? "", /^5 people in six tables/);
});

/** Refused command lines and the expected message. */
const REFUSED: readonly [string, RegExp][] = [
  ["--nat us,,gb", /empty nationality/],
  ["--nat us,xx", /nationality "XX"/],
  ["--seed aaaaaaaaaaaaaaaaaa", /18 characters/],
  ["--page-size 5001", /pages of 5001/],
  ["--results 50000001", /10,001 pages/],
  ["--results 20 --page-size 10 --gender male", /gender on 2 pages/],
  ["--gender male --seed a", /gender together with a seed/],
  ["--rate 100 --page-size 200 --results 400", /pages of 200 at 100 people/],
  ["--source synthetic --nat us,xx", /nationality "XX"/],
  ["--source synthetic --nat in --api-version 1.3", /version 1.3 for nationality "IN"/],
  ["--source synthetic --page-size 5001", /pages of 5001/],
  ["--source synthetic --seed aaaaaaaaaaaaaaaaaa", /18 characters/],
  ["--source synthetic --results 9000000000", /Cannot make 9000000000 people/],
  ["--source synthetic --rate 5", /rate with source synthetic/],
  ["--source sample --rate 5", /rate with source sample/],
];

for (const [line, message] of REFUSED) {
  Deno.test(`extract ${line} is refused and makes no folder`, async () => {
    await using folder = await temporary();
    const out = ["--out", `${folder.path}/data`];
    const api = line.includes("--source") ? [] : UNREACHABLE;
    const { status, error } = await runCommandLine([...line.split(" "), ...api, ...out]);
    assertEquals(status, 2);
    assertMatch(error?.message ?? "", message);
    assert(error && nextOf(error).length > 0);
    assertEquals(await pathsUnder(folder.path), []);
  });
}

Deno.test("a space in --nat is refused with the reason", async () => {
  const { status, error } = await runCommandLine(["--nat", "us, gb", ...UNREACHABLE]);
  assertEquals(status, 2);
  assertMatch(error?.message ?? "", /with a space the API returns all/);
});

Deno.test("--timeout is limited to what a timer supports", async () => {
  for (const wrong of ["0", "2000001", "10m"]) {
    const error = await parseCommand(extract, ["--timeout", wrong]).catch((error) => error);
    assertMatch(error.message, /Cannot use --timeout: .* 1 to 2000000/);
  }
});
