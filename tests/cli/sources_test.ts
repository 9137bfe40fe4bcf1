import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../etl/common/errors.ts";
import { wanted } from "../../etl/cli/fetching.ts";
import { land } from "../../etl/cli/land.ts";
import { inputOf } from "../../etl/cli/options.ts";
import { parseCommand } from "../../etl/cli/parse.ts";
import { extractCommand } from "../../etl/cli/shell.ts";
import { ada, pageOf } from "../people.ts";
import { Project } from "../project.ts";

const LINES: Readonly<Record<string, unknown>> = {
  "": "api",
  "--source sample": "sample",
  "sample": "sample",
  "a.json": "a.json",
  "a.json b.ndjson": ["a.json", "b.ndjson"],
  "--source a.json --source pages/": ["a.json", "pages/"],
  "--source a.json b.json c.json": ["a.json", "b.json", "c.json"],
  "--source -": "-",
  "- a.json": ["-", "a.json"],
};

for (const [line, source] of Object.entries(LINES)) {
  Deno.test(`options and arguments name sources: ${line || "none"}`, async () => {
    const { values, positionals } = await parseCommand(land, line.split(" ").filter(Boolean));
    assertEquals(wanted(values, positionals), { source } as ReturnType<typeof wanted>);
  });
}

Deno.test("a request with several sources is printed as a command", () => {
  assertEquals(
    extractCommand({ source: ["a b.json", "-"], path: "data.results" }),
    'deno task extract --source "a b.json" --source=- --path data.results',
  );
});

Deno.test("stdin from a terminal is refused with an example of a pipe", () => {
  const terminal = {
    out: () => {},
    err: () => {},
    input: new ReadableStream<Uint8Array>(),
    isTerminal: { in: true, out: true, err: true },
    columns: () => 80,
    color: false,
  };
  assertThrows(() => inputOf(["-"], terminal), UsageError, "it is the keyboard");
  assertEquals(inputOf(["a.json"], terminal), {});
});

Deno.test("every command that reads pages accepts NDJSON, several files and stdin", async () => {
  await using project = await Project.copy();
  const people = [1, 2, 3].map((number) => ada({ email: `ada.${number}@example.com` }));
  const lines = people.map((person) => JSON.stringify(person)).join("\n");
  const bad = JSON.stringify({ ...people[0], nat: "XX" });
  await Deno.writeTextFile(project.path("people.ndjson"), `${lines}\n${bad}\n`);
  await Deno.writeTextFile(project.path("wrapped.json"), JSON.stringify({ data: pageOf(people) }));
  const ends = async (args: readonly string[], { status = 0, stdin }: {
    readonly status?: number;
    readonly stdin?: string;
  } = {}) => {
    const ended = await project.run(args, { ...(stdin !== undefined && { stdin }) });
    assertEquals(ended.status, status, ended.err);
    return ended.out + ended.err;
  };
  const files = ["people.ndjson", "--path", "data", "wrapped.json"];
  assertStringIncludes(await ends(["extract", ...files], { status: 3 }), "nothing at data");
  const extract = ["extract", "people.ndjson", "--max-rejects", "1"];
  assertStringIncludes(await ends(extract), "3 people in six tables");
  await Deno.writeTextFile(project.path("people.ndjson"), `${lines}\n${lines.split("\n")[0]}\n`);
  assertStringIncludes(await ends(["rejects", "replay"]), "0 rejects left");
  assertStringIncludes(await ends(["drift", "-"], { stdin: lines }), "3 people");
  const check = ["check", "--stage", "pages", "--path", "data", "wrapped.json"];
  assertStringIncludes(await ends(check), "3 people");
  assertStringIncludes(await ends(["land", "-"], { stdin: lines }), "3 people on 1 page");
  assertStringIncludes(await ends(["extract", "data/raw", "--out", "data/b"]), "3 people in six");
  const alone = await ends(["extract", "api", "people.ndjson"], { status: 2 });
  assertStringIncludes(alone, "Cannot use source api together with people.ndjson");
});
