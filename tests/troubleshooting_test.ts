// Every row of the README's troubleshooting table quotes a real message of debr.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { startMockApi } from "../etl/mock_api/server.ts";
import { Project } from "./project.ts";

const README = await Deno.readTextFile(new URL("../README.md", import.meta.url));

/** Returns the messages of the table in order, each as the parts between its ellipses. */
function messages(): string[][] {
  const [, table = ""] = /## Troubleshooting\n\n([\s\S]*?)\n\n/.exec(README) ?? [];
  return table.split("\n").slice(2).map((line) =>
    (/^\| `([^`]*)`/.exec(line)?.[1] ?? line).split("…").filter((part) => part.trim() !== "")
  );
}

/** Returns a failing command and its exit code for each row of the table. */
function failures(api: string): [args: string[], status: number][] {
  const none = ["--data", "data/none"];
  return [
    [["extract", "--api", "http://127.0.0.1:1", "--timeout", "1"], 3],
    [["extract", "--api", `${api}/fault/429:after=900/api`, "--timeout", "5"], 4],
    [["extract", "--source", "data/page.html"], 3],
    [["extract", "--source", "data/invalid.json", "--out", "data/new"], 5],
    [["extract", "--source", "sample"], 2],
    [["check", ...none], 7],
    [["extract", "--source", "sample", "--out", "elsewhere"], 2],
    [["query", "select json_extract('{}', 'a')"], 2],
    [["load", "--to", "postgres://u:p@127.0.0.1/x"], 2],
    [["verify", "--data", "data/damaged"], 7],
  ];
}

Deno.test("the README's troubleshooting quotes debr's messages", async (t) => {
  await using project = await Project.copy({ sample: true });
  await using api = await startMockApi();
  const extract = async (...args: string[]) => {
    const { status, err } = await project.run(["extract", "--results", "10", ...args]);
    assertEquals(status, 0, err);
  };
  await extract("--api", api.url);
  await extract("--source", "synthetic", "--out", "data/damaged");
  const part = project.path("data/damaged/tables/users/part-00001.parquet");
  await Deno.writeFile(part, (await Deno.readFile(part)).map((byte, i) => i === 99 ? ~byte : byte));
  await Deno.writeTextFile(project.path("data/page.html"), "<html>");
  const info = { seed: "a", results: 2, page: 1, version: "1.4" };
  const invalid = JSON.stringify({ results: [{ gender: "x" }, { gender: "y" }], info });
  await Deno.writeTextFile(project.path("data/invalid.json"), invalid);

  const commands = failures(api.url.replace(/\/api$/, ""));
  assertEquals(messages().length, commands.length);
  for (const [i, parts] of messages().entries()) {
    const [args, status] = commands[i]!;
    await t.step(`${args[0]}: ${parts.join("…").trim()}`, async () => {
      const ended = await project.run(args);
      for (const part of parts) assertStringIncludes(ended.err + ended.out, part);
      assertEquals(ended.status, status);
    });
  }
});
