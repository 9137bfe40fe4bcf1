/**
 * A complete session in a real terminal with the permissions of the task.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { pathOfUrl } from "../../../etl/common/path.ts";
import { Project } from "../../project.ts";

const TERMINAL = pathOfUrl(new URL("../../terminal.py", import.meta.url));
const onTerminal = { ignore: Deno.build.os === "windows" };
const ENDLESS = "select count(*) from users a, users b, users c, users d, users e\n" +
  "where a.email || b.email < c.email || d.email || e.email;\n";

/** Types each key sequence after its text has appeared, and returns the terminal's output. */
async function typed(
  project: Project,
  { args = [], steps }: { readonly args?: readonly string[]; readonly steps: [string, string][] },
) {
  const query = project.args(["query", "--data", "data/sample", ...args]);
  const { INIT_CWD: _, ...env } = Deno.env.toObject();
  const python = new Deno.Command("python3", {
    args: [TERMINAL, "80", Deno.execPath(), ...query],
    cwd: project.path(),
    clearEnv: true,
    env: { ...env, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  await new Blob([JSON.stringify(steps)]).stream().pipeTo(python.stdin);
  const { code, stdout } = await python.output();
  return { code, shown: stripVTControlCharacters(new TextDecoder().decode(stdout)) };
}

Deno.test(
  "a session has completion, wide rows, files, Ctrl-C, history and exit",
  onTerminal,
  async () => {
    await using project = await Project.copy({ sample: true });
    const { code, shown } = await typed(project, {
      steps: [
        ["debr> ", "select first_n\t"],
        ["first_name", " from use\t"],
        ["users", " order by email limit 1;\n"],
        ["1 row", "from users limit 1;\n"],
        ["not shown", ".mode line\n"],
        ["debr> ", "from users limit 1;\n"],
        ["media_id", ".mode csv\n"],
        ["debr> ", ".output data/one.csv\n"],
        ["debr> ", "select 41 + 1 as one;\n"],
        ["Written: data/one.csv", ".output ../one.csv\n"],
        ["only below data/", "select 40 + 3 as more;\n"],
        // With the prompt, because Ctrl-C would end a statement that still runs.
        ["43\r\ndebr> ", ENDLESS],
        ["e.email;", "\x03"],
        // With the prompt, because keys typed before it are read by another mode of the terminal.
        ["was opened again\r\ndebr> ", "selct 1;\n"],
        // The prompt offers the line again after the error; the first echo follows no "^".
        ["^\r\ndebr> selct 1;", "\x15exit\n"],
      ],
    });
    assertEquals(code, 0, shown);
    assertMatch(shown, /\d+ of 20 columns not shown; \.mode line shows all/);
    assertMatch(shown, /date_of_birth = \d{4}/);
    assertStringIncludes(shown, "Interrupted");
    assertEquals(await Deno.readTextFile(project.path("data/one.csv")), "one\n42\n");
    const kept = await Deno.readTextFile(project.path("data/.query_history"));
    assertStringIncludes(
      kept,
      "select first_name from users order by email limit 1;\nfrom users limit 1;\n.mode line\n",
    );
    assertStringIncludes(kept, ENDLESS.replace("\n", " "));
    const { shown: again } = await typed(project, {
      steps: [["debr> ", "\x1b[A\x1b[A"], ["e.email;", "\x15quit\n"]],
    });
    assertStringIncludes(again, ENDLESS.trim().replace("\n", " ").slice(0, 60));
    const { code: noHistory, shown: none } = await typed(project, {
      args: ["--no-history", "--engine", "native"],
      steps: [["debr> ", ENDLESS], ["e.email;", "\x03"], [
        "Interrupted\r\ndebr> ",
        "select 6 * 7 n;\n",
      ], ["42", "exit\n"]],
    });
    assertEquals(noHistory, 0, none);
    assertStringIncludes(none, "History is not kept");
    assertEquals(await Deno.readTextFile(project.path("data/.query_history")), `${kept}`);
    assert(!none.includes("The engine was restarted"));
  },
);
