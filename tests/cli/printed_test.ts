import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { checkText } from "../../etl/cli/check_text.ts";
import { examplesText } from "../../etl/cli/command.ts";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { commandLine } from "../../etl/cli/shell.ts";
import type { CheckResult } from "../../etl/quality/check/result.ts";
import { ROOT } from "../layers.ts";
import { argumentsOf, AWKWARD, commandsIn, IN_SHELL, parsed, printedIn } from "./printed.ts";

/** SQL with comments at both ends, all kinds of quotes, and text that shells expand. */
const QUERIES = [
  "-- name: mine\n-- table: users\nselect * from users where city = 'x'",
  "--select\nselect 1",
  "/* it's */ select '$HOME', \"a\", `b` from users -- last",
  "select e'\\n', '!1', '%PATH%' from users where city like '%''%'",
  "select 1;\n\nselect '\u{1F600}\t' # mysql's",
  AWKWARD,
];

/** Returns what `check` prints for a failed expectation with this SQL. */
function failing(query: string, data: string): string {
  const expectation = {
    ...{ name: "mine", table: "users", description: "Mine", severity: "error", mostly: 1 },
    rule: { kind: "sql", sql: query },
  };
  const result = {
    ...{ stage: "tables", at: "2026-01-01T00:00:00.000Z", data, engine: "wasm", seconds: 1 },
    ...{ rows: { users: 10 } },
    outcomes: [{ expectation, verdict: "failed", total: 10, failed: 1, query, sample: [] }],
  };
  return checkText(result as unknown as CheckResult);
}

Deno.test("check prints a command that selects all failing rows", IN_SHELL, async () => {
  for (const query of QUERIES) {
    for (const data of ["data", "data/it's $HOME"]) {
      const [, text = ""] = failing(query, data).split("all of them: ");
      const [command = ""] = text.split("\n\n0 passed");
      const [args = []] = await argumentsOf(command);
      const { task, values, positionals } = await parsed(args);
      assertEquals([task, values["data"], positionals.length], ["query", data, 1], query);
      assertEquals(positionals[0]!.trimStart(), query.trimStart());
    }
  }
});

Deno.test("a shell reads each word of a printed command unchanged", IN_SHELL, async () => {
  const word = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({ unit: fc.constantFrom(..."'\"`$\\!;&|<>()*?[]{}~# \n\t-=%"), minLength: 1 }),
  ).filter((text) => !text.includes("\0"));
  const lines = fc.sample(fc.tuple(word, fc.array(word, { maxLength: 3 })), 200);
  const script = lines.map(([seed, words]) => commandLine("query", { seed }, words)).join("\n");
  const read = await argumentsOf(script);
  assertEquals(read.length, lines.length);
  for (const [at, [seed, words]] of lines.entries()) {
    const option = seed.startsWith("-") ? [`--seed=${seed}`] : ["--seed", seed];
    const operands = words.map((text) => text.startsWith("-") ? ` ${text}` : text);
    assertEquals(read[at], ["task", "query", ...option, ...operands]);
  }
});

Deno.test(
  "debr accepts the examples in the help of each command",
  IN_SHELL,
  async () => {
    for (const [name, load] of Object.entries(COMMANDS)) {
      const read = await argumentsOf(examplesText(await load()));
      assert(read.length > 0, name);
      for (const args of read) await parsed(args);
    }
  },
);

Deno.test("debr accepts each command in the source of etl/cli", IN_SHELL, async () => {
  const texts: string[] = [];
  for await (const { name } of Deno.readDir(`${ROOT}etl/cli`)) {
    const source = await Deno.readTextFile(`${ROOT}etl/cli/${name}`);
    const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(
      /^ *examples:[\s\S]*?^ {2}\S/m,
      "",
    );
    texts.push(...[...code.matchAll(/"([^"\n]*deno task [^"\n]*)"/g)].map(([, text]) => text!));
  }
  assert(texts.length > 10);
  for (const text of texts) {
    assert((await printedIn(text)).length > 0, text);
  }
});

Deno.test("an invalid command is found", IN_SHELL, async () => {
  assertEquals(commandsIn("See: deno task load; else see deno task verify --data 'a; b'"), [
    "deno task load",
    "deno task verify --data 'a; b'",
  ]);
  for (const wrong of ["deno task verfy", "deno task verify --nope", "deno task verify now"]) {
    const fault = await printedIn(wrong).then(() => "", String);
    assertStringIncludes(fault, wrong.split(" ").at(-1)!);
  }
});
