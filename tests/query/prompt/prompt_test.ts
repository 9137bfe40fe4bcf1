import { openDataset } from "../../../etl/query/dataset.ts";
import type { Complete, Keyboard } from "../../../etl/query/prompt/keyboard.ts";
import { runPrompt } from "../../../etl/query/prompt/prompt.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withDataset } from "../dataset.ts";
import { temporary } from "../../temporary.ts";
import { fakeTerminal } from "../terminal.ts";
import { nextText } from "../../../etl/cli/next_steps.ts";
import type { NextStep } from "../../../etl/common/next_step.ts";

/** Types lines; `^C` is Ctrl-C, `^C!` is Ctrl-C during a statement, `^I` is Tab. Ends with Ctrl-D. */
function typing(lines: readonly string[]) {
  const left = [...lines];
  const [prompts, remembered, completions]: string[][] = [[], [], []];
  const open = (_: readonly string[], complete: Complete) => {
    const keyboard: Keyboard = {
      remember: (statement) => remembered!.push(statement),
      read: async (prompt, typed = "") => {
        prompts!.push(prompt + typed);
        const line = left.shift();
        if (line === undefined) return "end";
        const [before = "", after] = line.split("^I");
        if (after === undefined) return line === "^C" ? "interrupt" : { line };
        completions!.push((await complete(before, before + after))[0].join(" "));
        return { line: "" };
      },
      running: (interrupted) => {
        const timer = left[0] === "^C!" && left.shift() ? setTimeout(interrupted, 300) : undefined;
        return () => clearTimeout(timer);
      },
      close: () => {},
    };
    return Promise.resolve(keyboard);
  };
  return { open, prompts: prompts!, remembered: remembered!, completions: completions! };
}

async function session(lines: readonly string[], { stoppable = false } = {}) {
  const terminal = fakeTerminal({ isIn: true });
  const { open, ...keyboard } = typing(lines);
  const kept: string[] = [];
  await withDataset(async (data) => {
    const reopen = () => openDataset(data, { stoppable });
    const advise = (next: string | NextStep | undefined) => nextText(next, { terminal: true });
    const keep = (statement: string) => Promise.resolve(void kept.push(statement));
    const history = { earlier: [], keep, note: "" };
    const context = { terminal, format: "csv", openKeyboard: open, advise, reopen } as const;
    await runPrompt(await reopen(), { ...context, history });
  });
  return { out: terminal.output(), err: terminal.errors(), kept, ...keyboard };
}

Deno.test("a statement continues over lines until its semicolon", async () => {
  const { out, prompts } = await session(["select 1 as a,", "  ';' as b", "  ;", "select 2 as c;"]);
  assertEquals(out, "a,b\n1,;\nc\n2\n");
  assertEquals(prompts.map((prompt) => prompt.trim()), ["debr>", "...>", "...>", "debr>", "debr>"]);
});

Deno.test("Ctrl-C discards the typed lines, an error goes to stderr, and the session continues", async () => {
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

Deno.test(".tables and .schema print, .mode sets the format, and .quit ends", async () => {
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

Deno.test("a statement of several lines is recalled as one line, and an invalid one is offered for editing", async () => {
  const { out, prompts, remembered, kept } = await session([
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
  assertEquals(remembered, ["select 1 as a , '--' as b;", "selct 1;"]);
  assertEquals(kept, remembered);
  assertEquals(prompts.slice(-2), ["debr> selct 1;", "debr> "]);
  for (const end of ["quit", " EXIT ; ", ".exit"]) {
    assertEquals((await session([end, "select 2 as never;"])).out, "");
  }
});

Deno.test("Tab completes tables, columns of the named tables, keywords and commands", async () => {
  const { completions } = await session([
    "from us^I",
    "select * from logins l join users u using (user_id) where l.us^I",
    "select usern^I",
    "select usern^I",
    "^C",
    'create table mine as select 1 as "my one", 2 as two;',
    "from mi^I",
    "select tw^I from mine",
    "^C",
    "SEL^I",
    "select 'us^I",
    "^C",
    'select * from mine where "my^I',
    "^C",
    ".sch^I",
    ".mode l^I",
    ".schema al^I",
  ]);
  assertEquals(completions, [
    ...["users", "user_id username", "username", "username", "mine", "two", "SELECT", ""],
    ...['"my one"', ".schema", "line", "altids"],
  ]);
});

Deno.test("Ctrl-C ends the engine of a long statement, and the session restarts", async () => {
  const { out, err } = await session([
    "create table mine as select 1 as a;",
    "select count(*) from range(3000000) a, range(3000000) b where a.range::text || b.range::text = 'x';",
    "^C!",
    "from mine;",
    "select count(*) as n from users;",
  ], { stoppable: true });
  assertMatch(
    err,
    /Interrupted\nThe engine was restarted[^]+Table with name mine does not exist/,
  );
  assertEquals(out, "n\n3\n");
});

Deno.test(".read runs a file, .output writes a new one, .timer prints the time, .mode line shows all columns", async () => {
  await using folder = await temporary();
  const sql = `${folder.path}/two.sql`;
  const csv = `${folder.path}/out.csv`;
  await Deno.writeTextFile(sql, "create table t as select 1 as a; from t;");
  const { out, err } = await session([
    `.output ${csv}`,
    `.read ${sql}`,
    "select 2 as b;",
    `.output ${csv}`,
    ".output /data/tables/users/x.csv",
    ".read",
    ".mode line",
    ".timer on",
    "select 3 as three, 'x' as letter;",
    ".timer yes",
  ]);
  assertEquals(await Deno.readTextFile(csv), "a\n1\n");
  if (Deno.build.os !== "windows") assertEquals((await Deno.stat(csv)).mode! & 0o777, 0o600);
  assertEquals(out, "b\n2\n three = 3\nletter = x\n");
  assertStringIncludes(err, `Written: ${csv}\n`);
  assertStringIncludes(err, "it exists already");
  assertStringIncludes(err, "its folder belongs to a dataset");
  assertStringIncludes(err, "no file given");
  assertMatch(err, /^0\.\d{3} s$/m);
  assertStringIncludes(err, 'expected on or off, found "yes"');
});
