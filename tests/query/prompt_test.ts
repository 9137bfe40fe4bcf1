import { openDataset } from "../../etl/query/dataset.ts";
import { type LineReader, runPrompt } from "../../etl/query/prompt.ts";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { fakeTerminal } from "./terminal.ts";
import { nextText } from "../../etl/cli/next_steps.ts";
import type { NextStep } from "../../etl/common/next_step.ts";

/** Types lines; `^C` is Ctrl-C, the end Ctrl-D. */
function typing(lines: readonly string[]) {
  const joined: string[] = [];
  const left = [...lines];
  const prompts: string[] = [];
  const reader: LineReader = {
    join: (lines, whole) => joined.push(`${lines} ${whole}`),
    read: (prompt, typed = "") => {
      prompts.push(prompt + typed);
      const line = left.shift();
      if (line === undefined) return Promise.resolve("end");
      return Promise.resolve(line === "^C" ? "interrupt" : { line });
    },
    running: () => () => {},
    close: () => {},
  };
  return { ...reader, prompts, joined };
}

async function session(lines: readonly string[]) {
  const terminal = fakeTerminal({ isIn: true });
  const keyboard = typing(lines);
  await withDataset(async (data) => {
    const dataset = await openDataset(data);
    const advise = (next: string | NextStep | undefined) => nextText(next, { terminal: true });
    await runPrompt(dataset, { terminal, format: "csv", keyboard, advise });
    dataset.close();
  });
  return {
    out: terminal.output(),
    err: terminal.errors(),
    prompts: keyboard.prompts,
    joined: keyboard.joined,
  };
}

Deno.test("a statement goes over lines up to its semicolon", async () => {
  const { out, prompts } = await session(["select 1 as a,", "  ';' as b", "  ;", "select 2 as c;"]);
  assertEquals(out, "a,b\n1,;\nc\n2\n");
  assertEquals(prompts.map((prompt) => prompt.trim()), ["debr>", "...>", "...>", "debr>", "debr>"]);
});

Deno.test("Ctrl-C drops what was typed, an error goes to stderr, and the session goes on", async () => {
  const { out, err } = await session([
    "select",
    "^C",
    "selct 1;",
    "copy users to 'x';",
    "select 1 as a;",
  ]);
  assertEquals(out, "a\n1\n");
  assertStringIncludes(err, 'syntax error at or near "selct"');
  assertStringIncludes(err, "Refused to run COPY");
});

Deno.test(".tables, .schema and .mode do what they say, .quit ends", async () => {
  const { out, err } = await session([
    ".tables",
    ".schema altids",
    ".mode ndjson",
    "select 1 as a;",
    ".mode jsn",
    ".tabels",
    ".quit",
    "select 2 as never;",
  ]);
  assertStringIncludes(out, "users      3 rows\n");
  assertStringIncludes(
    out,
    "altids (\n  user_id UUID,\n  altid_name VARCHAR,\n  altid_value VARCHAR\n)\n",
  );
  assertStringIncludes(out, '{"a":1}\n');
  assertEquals(out.includes("never"), false);
  assertStringIncludes(err, 'Did you mean "json"?');
  assertStringIncludes(err, 'Did you mean ".tables"?');
});

Deno.test("what goes over lines is recalled whole; a statement that cannot be read is typed again", async () => {
  const { out, prompts, joined } = await session([
    "select 1 as a -- one",
    "",
    ", '--' as b;",
    "selct",
    "1;",
    "^C",
    "exit",
    "select 2 as never;",
  ]);
  assertEquals(out, "a,b\n1,--\n");
  assertEquals(joined, ["2 select 1 as a , '--' as b;", "2 selct 1;"]);
  assertEquals(prompts.slice(-2), ["debr> selct 1;", "debr> "]);
  for (const end of ["quit", " EXIT ; ", ".exit"]) {
    assertEquals((await session([end, "select 2 as never;"])).out, "");
  }
});
