import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { Project } from "./project.ts";

const README = await Deno.readTextFile(new URL("../README.md", import.meta.url));

interface Example {
  /** The command line after `deno task`. */
  readonly args: readonly string[];
  /** The output that the README shows. */
  readonly shown: string | undefined;
}

/** Splits a command line like a shell, for the syntax that the README uses. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
}

/** Returns the commands of the README in order, each with the output below it. */
function examples(): Example[] {
  const blocks = /```sh\n([\s\S]*?)```(?:\n\n```\n([\s\S]*?)```)?/g;
  return [...README.matchAll(blocks)].map(([, command = "", shown]) => ({
    args: words(command.replace(/^(npx -y deno@[\d.]+|deno) task /, "")),
    shown,
  }));
}

/** Replaces run times, which differ between runs. */
function timeless(text: string): string {
  return text.replace(/in [\d.]+ s\b/g, "in some time").trim();
}

Deno.test("the README's commands print the output that it shows", async () => {
  await using project = await Project.copy({ sample: true });
  const found = examples();
  assert(found.length >= 3);
  for (const { args, shown } of found) {
    const { status, out, err } = await project.run(args);
    assertEquals(status, 0, `${args.join(" ")}: ${err}`);
    if (shown === undefined) continue;
    const text = timeless(out + err);
    assertEquals(text.slice(0, timeless(shown).length), timeless(shown));
  }
});

Deno.test("the README names only tasks, files and versions that exist", async () => {
  const tasks = [...README.matchAll(/deno task ([\w-]+)/g)].map(([, task]) => task!);
  assertEquals(tasks.filter((task) => !(task in config.tasks)), []);
  const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path!);
  for (const path of links) await Deno.stat(new URL(`../${path}`, import.meta.url));
  const versions = new Set([...README.matchAll(/deno@([\d.]+\d)/g)].map(([, version]) => version));
  assertEquals([...versions], [Deno.version.deno]);
});

Deno.test("the README's code runs", async () => {
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(README) ?? [];
  await using project = await Project.copy();
  await Deno.writeTextFile(project.path("example.ts"), code);
  const { code: status, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--allow-net=127.0.0.1", "example.ts"],
    cwd: project.path(),
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(status, 0, new TextDecoder().decode(stderr));
  assertEquals(new TextDecoder().decode(stdout).trim().split("\n").length, 3);
});

Deno.test("the README's figures match docs/benchmark.md", async () => {
  const benchmark = await Deno.readTextFile(new URL("../docs/benchmark.md", import.meta.url));
  const rows = benchmark.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const row = (name: RegExp) => rows.find(([, program = ""]) => name.test(program)) ?? [];
  const times = (name: RegExp) => Number(row(name)[3]).toFixed(1);
  const [, pandas, dlt, people, memory] =
    /([\d.]+) times as long and\s+dlt ([\d.]+) times; ([\d,]+) people take (\d+) MB/.exec(README) ??
      [];
  assertEquals([pandas, dlt], [times(/^pandas/), times(/^dlt/)]);
  assertEquals([people, memory], ["2,000,000", row(/^debr, 2,000,000/)[4]]);
});
