/**
 * The command line end to end, as a process with the permissions of its task.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fakeApi } from "./fake_api.ts";
import { ada, pageOf } from "./people.ts";
import { stripVTControlCharacters } from "node:util";
import { filesUnder, hashesUnder, Project } from "./project.ts";
import { windowsLacks } from "./windows.ts";

const project = await Project.copy();
globalThis.addEventListener("unload", () => Deno.removeSync(project.path(), { recursive: true }));

const ESCAPE = "\x1b";
const SYNTHETIC = ["extract", "--source", "synthetic", "--seed", "cli"];

async function save(name: string, page: unknown): Promise<string> {
  await Deno.writeTextFile(project.path(name), JSON.stringify(page));
  return name;
}

/** Asserts that a command line is refused with an exit code and a short message on stderr. */
async function assertRefused(
  args: readonly string[],
  { status = 2, says }: { readonly status?: number; readonly says: readonly string[] },
): Promise<void> {
  const ended = await project.run(args);
  assertEquals(ended.status, status, ended.err);
  if (!args.includes("--json")) assertEquals(ended.out, "");
  for (const text of says) assertStringIncludes(ended.err, text);
  assert(ended.err.split("\n").length <= 8, ended.err);
  assert(!ended.err.includes("    at "), ended.err);
}

Deno.test("--help prints the description, options and examples on stdout", async () => {
  for (const help of ["--help", "-h"]) {
    const { status, out, err } = await project.run(["extract", "--results", "x", help]);
    assertEquals([status, err], [0, ""]);
    for (const text of ["deno task extract [OPTIONS]", "--max-rejects", "EXAMPLES", "(default: "]) {
      assertStringIncludes(out, text);
    }
    assert(!out.includes(ESCAPE));
  }
});

Deno.test("code behind import() is not loaded in advance, which keeps --help fast", async () => {
  const args = ["run", "-q", "--no-prompt", "main.ts", "extract", "--help"];
  const { stderr } = await new Deno.Command("deno", { args, cwd: project.path() }).output();
  assertMatch(
    new TextDecoder().decode(stderr),
    /Cannot use ".*etl\/cli\/extract\.ts": the task has no read permission/,
  );
});

Deno.test("a renamed task names the new task with the same arguments", async () => {
  for (const [old, now] of [["why", "lineage"], ["fixture", "mock-api"]]) {
    const { code, stderr } = await new Deno.Command("deno", {
      args: ["task", "-q", old!, "x"],
      cwd: project.path(),
    }).output();
    const says = `Error: Cannot run ${old}: it is now called ${now}\ndeno task ${now} x\n`;
    assertEquals([code, stripVTControlCharacters(new TextDecoder().decode(stderr))], [2, says]);
  }
});

Deno.test("invalid arguments are refused with exit code 2 and the next step", async () => {
  const refused: readonly [string[], ...string[]][] = [
    [["--reslts", "5"], "Cannot use --reslts", "Did you mean --results?", "--help"],
    [["--xyzzy"], "Cannot use --xyzzy: extract has no such option"],
    [["-x"], "Cannot use -x"],
    [["--results", "0"], "Cannot use --results: it should be a whole number, 1 or more"],
    [["--results", "1e3"], '"1e3"'],
    [["--results"], "Cannot use --results without a value"],
    [["--seed"], "Cannot use --seed without a value"],
    [["--seed", "--json"], "Cannot use --seed without a value"],
    [["--out", ""], "Cannot use --out without a value"],
    [["--out="], "Cannot use --out without a value"],
    [["--json=no"], "Cannot use --json with a value"],
    [["--page-size", "5001"], "pages of 5001", "from 1 to 5000"],
    [["--nat", "us,xx"], 'nationality "XX"', "Use some of au, br"],
    [["--nat", "us, gb"], 'nationality " GB"'],
    [["--nat", "mx", "--api-version", "1.3"], "version 1.3", '"MX"'],
    [["--gender", "other"], "Cannot use --gender other: it should be one of female, male"],
    [["--api-version", "1.2"], "one of 1.3, 1.4"],
    [["--max-rejects", "101%"], 'a number or a percentage, not "101%"'],
    [["--max-rejects", "few"], '"few"'],
    [["--api", "randomuser.me"], 'Cannot use "randomuser.me" as API address'],
    [["--api", "http://ada:secret@127.0.0.1/api"], "holds a user name or password"],
    [["--seed", ""], "Cannot use --seed without a value"],
    [["--source", "sample", "--results", "5"], "Cannot use results with source sample"],
    [["--source", "x.json", "--api-version", "1.3"], "--api-version", "used as they are"],
    [["--source", "synthetic", "--api", "http://127.0.0.1/api"], "Leave --api out"],
  ];
  await Promise.all(
    refused.map(([args, ...says]) => assertRefused(["extract", ...args], { says })),
  );
  assertEquals((await filesUnder(project.path("data"))).size, 0);
});

Deno.test("an unknown command is refused with the names of the commands", async () => {
  for (const name of ["extrct", "constructor"]) {
    const deno = new Deno.Command("deno", {
      args: ["run", "-q", "-P=extract", "main.ts", name],
      cwd: project.path(),
    });
    const { code, stderr } = await deno.output();
    const err = new TextDecoder().decode(stderr);
    assertEquals(code, 2, err);
    assertStringIncludes(err, `Cannot run ${JSON.stringify(name)}`);
    assertStringIncludes(err, "extract");
  }
});

Deno.test("a summary is printed on stderr without escape codes", async () => {
  const { status, out, err } = await project.run([...SYNTHETIC, "--results", "30"]);
  assertEquals([status, out], [0, ""]);
  assertStringIncludes(err, "30 people in six tables under data/tables");
  assertMatch(err, /^ {2}users +30 rows +[\d.]+ kB$/m);
  assertMatch(err, /^Try: deno task query ".+"$/m);
  assert(!err.includes(ESCAPE));
});

Deno.test("--json prints one JSON document on stdout and nothing on stderr", async () => {
  const args = [...SYNTHETIC, "--results", "30", "--out", "data/json/", "--json"];
  const { status, out, err } = await project.run(args);
  assertEquals([status, err], [0, ""]);
  const { seconds, tables, ...others } = JSON.parse(out);
  assert(seconds > 0);
  assertEquals(tables.users.rows, 30);
  assertEquals(Object.keys(tables).length, 6);
  assertEquals(others, {
    out: "data/json",
    people: { received: 30, rejected: 0, repeated: 0, forgotten: 0, added: 30 },
    request: { source: "synthetic", version: "1.4", seed: "cli", results: 30, pageSize: 30 },
    rejects: { file: null, causes: [] },
  });
});

Deno.test("with --json an error is one JSON document on stdout", async () => {
  const refused = await project.run(["extract", "--reslts", "5", "--json"]);
  assertEquals(refused.status, 2);
  assertEquals(JSON.parse(refused.out), {
    error: {
      ...{ status: 2, name: "UsageError", step: "arguments", transient: false },
      message: "Cannot use --reslts: extract has no such option",
      next: "Did you mean --results? See deno task extract --help",
    },
  });
  const source = await save("quiet.json", { error: "down" });
  const args = ["extract", "--source", source, "--out", "data/quiet", "--json"];
  for (const log of [[], ["--log", "json"]]) {
    const { status, out } = await project.run([...args, ...log]);
    const { error } = JSON.parse(out);
    assertEquals([status, error.status, error.name], [3, 3, "PageError"]);
  }
});

Deno.test("rejects are summarised by cause with the place of the first", async () => {
  const people = Array.from({ length: 10 }, (_, row) => ada({ "location.street.number": row }));
  people[3].gender = "unknown";
  people[7].gender = "unknown";
  const source = await save("some.json", pageOf(people));
  const args = ["extract", "--source", source, "--out", "data/some"];
  const { status, err } = await project.run([...args, "--max-rejects", "20%"]);
  assertEquals(status, 0, err);
  assertStringIncludes(err, "8 people in six tables under data/some/tables");
  assertStringIncludes(err, "2 of 10 people rejected:");
  assertStringIncludes(err, '2 × gender: expected female or male, got "unknown" (picklist)');
  assertStringIncludes(err, "first at row 3 of some.json");
  assertMatch(err, /all of them in data\/some\/rejects\/[0-9a-f]{16}\.ndjson/);
});

Deno.test("too many rejects or no valid person give exit code 5, and the tables do not change", async () => {
  const out = ["--out", "data/limit"];
  assertEquals((await project.run([...SYNTHETIC, "--results", "5", ...out])).status, 0);
  const tables = project.path("data/limit/tables");
  const before = await hashesUnder(tables);
  const some = await save("one-bad.json", pageOf([ada(), ada({ nat: "XX" })]));
  const none = await save("all-bad.json", pageOf([ada({ nat: "XX" })]));
  const next = ["Read why: deno task rejects --failed --data data/limit"];
  for (const limit of [[], ["--max-rejects", "0"], ["--max-rejects", "49.9%"]]) {
    await assertRefused(["extract", "--source", some, ...limit, ...out], {
      status: 5,
      says: ["1 of 2 people failed a rule", "--max-rejects", ...next],
    });
  }
  await assertRefused(["extract", "--source", none, "--max-rejects", "100%", ...out], {
    status: 5,
    says: ["the only person is not valid", "tables unchanged", ...next],
  });
  assertEquals(await hashesUnder(tables), before);
});

Deno.test("a missing or unreadable source is named with exit code 3", async () => {
  await Deno.mkdir(project.path("empty"), { recursive: true });
  await Deno.writeTextFile(project.path("broken.json.gz"), "no gzip");
  const next = "Give --source a file, a folder or a quoted glob";
  for (const source of ["nowhere.json", "empty", "none/*.json", "smaple"]) {
    const says = [`Cannot find saved pages at "${source}"`, next];
    await assertRefused(["extract", "--source", source], { status: 3, says });
  }
  const says = ["Cannot use broken.json.gz: not JSON"];
  await assertRefused(["extract", "--source", "broken.json.gz"], { status: 3, says });
});

Deno.test("a quoted glob of saved pages works with the permissions of the task", async () => {
  await save("glob-1.json", pageOf([ada()]));
  await save("glob-2.json", [ada({ "name.first": "Eva" })]);
  const args = ["extract", "--source", "glob-[12].json", "--out", "data/glob", "--json"];
  const { status, out, err } = await project.run(args);
  assertEquals([status, err], [0, ""]);
  assertEquals(JSON.parse(out).people.received, 2);
});

Deno.test("an unreachable API gives exit code 3 and leaves the tables unchanged", async () => {
  const out = ["--out", "data/offline"];
  assertEquals((await project.run([...SYNTHETIC, "--results", "5", ...out])).status, 0);
  const before = await hashesUnder(project.path("data/offline/tables"));
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const api = `http://127.0.0.1:${listener.addr.port}/api`;
  listener.close();
  await assertRefused(["extract", "--api", api, "--timeout", "1", ...out], {
    status: 3,
    says: [`Cannot reach ${api}/1.4/?results=1000&page=1`, "timeout leaves no time"],
  });
  assertEquals(await hashesUnder(project.path("data/offline/tables")), before);
});

Deno.test("the seed that the API chose is requested from the second page on", async () => {
  await using api = fakeApi((query) => {
    const people = [ada({ "location.street.number": Number(query.get("page")) })];
    return Response.json(pageOf(people, { seed: "chosen", page: Number(query.get("page")) }));
  });
  const args = ["extract", "--api", api.url, "--results", "3", "--page-size", "1", "--json"];
  const { status, out, err } = await project.run([...args, "--out", "data/api"]);
  assertEquals(status, 0, err);
  assertEquals(api.requested.toSorted(), [
    "/api/1.4/?results=1&page=1",
    "/api/1.4/?results=1&page=2&seed=chosen",
    "/api/1.4/?results=1&page=3&seed=chosen",
  ]);
  assertEquals(JSON.parse(out).request.seed, "chosen");
});

async function assertStops(signal: Deno.Signal) {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const { promise: answer, resolve: end } = Promise.withResolvers<Response>();
  await using api = fakeApi(() => (resolve(), answer));
  const child = project.start(["extract", "--api", api.url, "--out", "data/stopped"]);
  await reached;
  child.kill(signal);
  const { code, stderr } = await child.output();
  end(new Response());
  assertEquals(code, 130);
  assertStringIncludes(new TextDecoder().decode(stderr), "Stopped.");
  assertEquals((await filesUnder(project.path("data/stopped/tables"))).size, 0);
}

const terminalTest = { ignore: windowsLacks("signals", "pseudo terminals") };

Deno.test(
  "Ctrl-C stops a run with exit code 130 and writes no tables",
  terminalTest,
  () => assertStops("SIGINT"),
);

Deno.test("SIGTERM stops a run like Ctrl-C", terminalTest, () => assertStops("SIGTERM"));

Deno.test("a terminal shows colours and clears its bar at the end", terminalTest, async () => {
  const args = [...SYNTHETIC, "--results", "2000", "--page-size", "100", "--out", "data/bar"];
  const { status, out } = await project.runOnTerminal(args);
  assertEquals(status, 0, out);
  assertMatch(out, /[█░]{24} [\d,]+ of 2,000 people, [\d,]+ people\/s, .+ left/);
  const left = out.slice(out.lastIndexOf("left"));
  assert(left.includes(ESCAPE), "the bar is not cleared");
  assertStringIncludes(left, "2,000 people in six tables");
  const refused = await project.runOnTerminal(["extract", "--nat", "xx"]);
  assertEquals(refused.status, 2);
  assertStringIncludes(refused.out, `${ESCAPE}[31mError${ESCAPE}[0m: Cannot ask`);
});

Deno.test("NO_COLOR disables colours on a terminal", terminalTest, async () => {
  const env = { NO_COLOR: "1" };
  const { out } = await project.runOnTerminal(["extract", "--nat", "xx"], { env });
  assertStringIncludes(out, "Error: Cannot ask");
  assert(!out.includes(ESCAPE), out);
});
