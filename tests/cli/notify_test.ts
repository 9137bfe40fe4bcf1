import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startReceiver, TOKEN } from "../alert/receiver.ts";
import { filesUnder, Project } from "../project.ts";
import { inUtf16 } from "../utf16.ts";

const project = await Project.copy();
globalThis.addEventListener("unload", () => Deno.removeSync(project.path(), { recursive: true }));

/** Runs `notify` and asserts that its output does not contain the secret of the webhook. */
async function runNotify(args: readonly string[], webhook?: string) {
  const env = { NO_COLOR: "1", ...(webhook !== undefined && { DEBR_SLACK_WEBHOOK_URL: webhook }) };
  const ended = await project.run(["notify", ...args], { env });
  assert(!`${ended.out}${ended.err}`.includes("PLANTED"), `${ended.out}${ended.err}`);
  return ended;
}

Deno.test("a summary becomes one alert although two processes report it", async () => {
  await using receiver = startReceiver();
  const failed = await project.run(["extract", "--source", "data/none.json", "--json"]);
  assertEquals(failed.status, 3);
  await Deno.mkdir(project.path("data"), { recursive: true });
  // PowerShell's `>` writes UTF-16.
  await Deno.writeFile(project.path("data/summary.json"), inUtf16(failed.out)[0]!);
  const args = ["--step", "extract", "--summary", "data/summary.json", "--pipeline", "two"];
  const ended = await Promise.all([runNotify(args, receiver.url), runNotify(args, receiver.url)]);
  assertEquals(ended.map(({ status, out }) => [status, out]), [[0, ""], [0, ""]]);
  const errors = ended.map(({ err }) => err).sort();
  assertMatch(errors[0]!, /^Reported already: the source is broken, since 20/);
  assertEquals(errors[1], "Sent to Slack: two: the source is broken\n");
  assertEquals(receiver.posted.length, 1);
  assertStringIncludes(receiver.posted[0]!.body, "Cannot find saved pages");
  const printed = '{"people": {"received": 12}}';
  const resolved = await runNotify([
    "--summary",
    printed,
    "--status",
    "0",
    "--pipeline",
    "two",
    "--json",
  ], receiver.url);
  assertEquals(JSON.parse(resolved.out), {
    decision: "resolve",
    sent: true,
    alert: null,
    problems: [],
  });
  assertEquals(receiver.posted.length, 2);
  assertStringIncludes(receiver.posted[1]!.body, "*people received*\\n12");
});

Deno.test("the command in the alert uses the API of the run", async () => {
  await using receiver = startReceiver();
  const args = ["--status", "3", "--step", "land", "--pipeline", "api"];
  const notified = await runNotify([...args, "--api", "http://127.0.0.1:8090/api"], receiver.url);
  assertEquals(notified.status, 0, notified.err);
  const command = "extract --results 10 --dry-run --api http://127.0.0.1:8090/api```";
  assertStringIncludes(receiver.posted[0]!.body, command);
  const { status, err } = await runNotify([...args, "--api", "people.example"], receiver.url);
  assertEquals(status, 2);
  assertStringIncludes(err, 'Cannot use --api "people.example": it is not a web address');
});

Deno.test("the webhook may come from a file", async () => {
  await using receiver = startReceiver();
  await Deno.writeTextFile(project.path("secret"), `${receiver.url}\n`);
  const args = ["--status", "7", "--step", "load", "--pipeline", "file"];
  assertEquals((await runNotify([...args, "--to", "@secret"])).status, 0);
  assertEquals((await runNotify(args, "@secret")).err.startsWith("Reported already"), true);
  assertEquals(receiver.posted.length, 1);
});

Deno.test("a failing webhook does not fail a run, and its secret is not printed", async () => {
  await using receiver = startReceiver(() => new Response("invalid_token", { status: 403 }));
  const ended = await runNotify(["--status", "3", "--pipeline", "refused"], receiver.url);
  assertEquals([ended.status, ended.out], [0, ""]);
  assertEquals(ended.err.split("\n"), [
    "Warning: Cannot notify Slack: it answered with status 403, invalid_token",
    "Slack was not notified; the next run of notify tries again",
    "",
  ]);
  for (const [path, bytes] of await filesUnder(project.path("data"))) {
    assert(!new TextDecoder().decode(bytes).includes("PLANTED"), path);
  }
});

Deno.test("a missing or invalid summary does not prevent an alert", async () => {
  await using receiver = startReceiver();
  for (const summary of ["data/nowhere.json", "deno.lock.none", "-"]) {
    const args = ["--status", "1", "--summary", summary, "--pipeline", `p${summary.length}`];
    const ended = await runNotify(args, receiver.url);
    assertEquals(ended.status, 0);
    assertStringIncludes(ended.err, "the alert has no details of the run");
  }
  assertEquals(receiver.posted.length, 3);
});

Deno.test("invalid arguments are refused with exit code 2 and without the webhook", async () => {
  const https = `https://hooks.slack.com/services/${TOKEN}`;
  const refused: readonly [string[], string | undefined, string][] = [
    [["--status", "3"], undefined, "Cannot use the webhook: no address is given"],
    [["--status", "3"], "", "no address is given"],
    [["--status", "3", "--to", https], undefined, "anyone who can list processes"],
    [
      ["--status", "3", "--to", "@data/nowhere"],
      undefined,
      "Cannot read the webhook from data/nowhere: there is no such file",
    ],
    [["--status", "3"], `hooks ${TOKEN}`, "it is not a URL"],
    [["--status", "3"], `http://hooks.slack.com/${TOKEN}`, "does not begin with https:"],
    [["--status", "3"], `https://elsewhere.example/${TOKEN}`, "the task has no net permission"],
    [[], https, "gives an exit code"],
    [["--status", "few"], https, "--status"],
    [["--status", "3", "--pipeline", "../x"], https, 'Cannot use --pipeline "../x"'],
    [["--status", "3", "--link", "javascript:x"], https, "Cannot use --link"],
  ];
  await Promise.all(refused.map(async ([args, webhook, says]) => {
    const { status, out, err } = await runNotify(args, webhook);
    assertEquals([status, out], [2, ""], err);
    assertStringIncludes(err, says);
  }));
});

Deno.test("if the API is unreachable, no command in the alert overwrites existing people", async () => {
  await using receiver = startReceiver();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const api = `http://127.0.0.1:${listener.addr.port}/api`;
  listener.close();
  const down = await project.run(["extract", "--api", api, "--timeout", "1", "--json"]);
  assertEquals(down.status, 3);
  assert(!`${down.out}${down.err}`.includes("--source sample"), down.err);
  assertEquals(JSON.parse(down.out).error.code, "api_unreachable");
  const args = ["--step", "extract", "--summary", down.out, "--pipeline", "down"];
  assertEquals((await runNotify(args, receiver.url)).status, 0);
  const { body } = receiver.posted[0]!;
  assertStringIncludes(body, "Cannot reach http://127.0.0.1:");
  const commands = [...body.matchAll(/deno task [^`"]*/g)].map(([command]) => command);
  assertEquals(commands, ["deno task extract --results 10 --dry-run"]);
});
