// The prompt: statements over several lines up to a semicolon, with history.
import type { Terminal } from "../common/terminal.ts";
import { DebrError, UsageError } from "../common/errors.ts";
import type { Dataset } from "./dataset.ts";
import { isDotCommand, runDotCommand } from "./dot_commands.ts";
import { lex, splitStatements } from "./lexer.ts";
import { FORMAT_NAMES, type FormatName } from "./options.ts";
import { runScript } from "./script.ts";
import { nearest } from "../common/nearest.ts";

export interface LineReader {
  /** The next line; `interrupt` for Ctrl-C, `end` for Ctrl-D. `typed` is there to be edited. */
  readonly read: (
    prompt: string,
    typed?: string,
  ) => Promise<{ readonly line: string } | "interrupt" | "end">;
  /** Joins the last lines of the history, so that they are recalled as one. */
  readonly join: (lines: number, whole: string) => void;
  /**
   * Calls back on every Ctrl-C until the returned function is called: meanwhile a statement runs.
   */
  readonly running: (interrupted: () => void) => () => void;
  readonly close: () => void;
}

export interface PromptContext {
  readonly terminal: Terminal;
  readonly format: FormatName;
  readonly keyboard: LineReader;
  /** Puts a next step into words. */
  readonly advise: (next: DebrError["next"]) => string | undefined;
}

const PROMPT = "debr> ";
const CONTINUED = "  ...> ";

/** Node's readline, with editing and history. Writes to stderr. */
export async function openKeyboard(): Promise<LineReader> {
  const { createInterface } = await import("node:readline/promises");
  const { default: process } = await import("node:process");
  const { stdin: input, stderr: output } = process;
  const lines = createInterface({ input, output, terminal: true, prompt: "" });
  let reading: AbortController | undefined;
  let ended = false;
  const end = new Promise<"end">((resolve) => lines.once("close", () => resolve("end")));
  end.then(() => ended = true);
  let history: string[] = [];
  lines.on("history", (now: string[]) => history = now);
  lines.on("SIGINT", () => reading?.abort());
  return {
    running: (interrupted) => {
      // The terminal makes signals of keys again: Ctrl-\ ends even an engine that handles no
      // events.
      input.setRawMode(false);
      Deno.addSignalListener("SIGINT", interrupted);
      return () => {
        Deno.removeSignalListener("SIGINT", interrupted);
        input.setRawMode(true);
      };
    },
    close: () => lines.close(),
    join: (count, whole) => void history.splice(0, count, whole),
    read: async (prompt, typed = "") => {
      if (ended) return "end";
      reading = new AbortController();
      const { signal } = reading;
      try {
        const question = lines.question(prompt, { signal }).then((line) => ({ line }));
        lines.write(typed);
        return await Promise.race([question, end]);
      } catch (error) {
        if (!signal.aborted) throw error;
        lines.write(null, { ctrl: true, name: "e" });
        lines.write(null, { ctrl: true, name: "u" });
        process.stderr.write("\n");
        return "interrupt";
      } finally {
        reading = undefined;
      }
    },
  };
}

function modeOf(line: string): FormatName {
  const wanted = line.trim().replace(/;$/, "").split(/\s+/)[1] ?? "";
  const mode = FORMAT_NAMES.find((name) => name === wanted);
  if (mode !== undefined) return mode;
  const meant = nearest(wanted, FORMAT_NAMES);
  throw new UsageError(
    `Cannot set mode: expected ${FORMAT_NAMES.join(", ")}, found "${wanted}"${
      meant ? `. Did you mean "${meant}"?` : ""
    }`,
    { step: "query" },
  );
}

/** On one line, without comments. */
function onOneLine(sql: string): string {
  const { tokens } = lex(sql);
  return tokens.map(({ start, end }, index) =>
    `${index > 0 && start > tokens[index - 1]!.end ? " " : ""}${sql.slice(start, end)}`
  ).join("");
}

// Runs one input, interruptible; expected errors are shown and the prompt continues. Returns
// whether the input itself was wrong.
async function attempt(context: PromptContext, run: (signal: AbortSignal) => Promise<void>) {
  const { terminal, keyboard } = context;
  const interruption = new AbortController();
  const done = keyboard.running(() => interruption.abort());
  try {
    await run(interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) terminal.err("Interrupted\n");
    else if (error instanceof DebrError) {
      const next = context.advise(error.next);
      terminal.err(`${error.message}\n${next === undefined ? "" : `${next}\n`}`);
      return /^Cannot run SQL: (?:Parser|Syntax) Error/.test(error.message);
    } else throw error;
  } finally {
    done();
  }
  return false;
}

/** Reads and runs until `.quit` or Ctrl-D. */
export async function runPrompt(dataset: Dataset, context: PromptContext): Promise<void> {
  const { terminal, keyboard } = context;
  let { format } = context;
  let typed = "";
  let count = 0;
  let again = "";
  terminal.err(
    "SQL up to a semicolon; .help lists commands, exit ends. All see the tables as they are now\n" +
      "Ctrl-C stops a statement; where it goes on, Ctrl-\\ ends the session\n",
  );
  try {
    for (;;) {
      const input = await keyboard.read(typed === "" ? PROMPT : CONTINUED, again);
      again = "";
      if (input === "end") return;
      if (input === "interrupt") {
        typed = "";
        count = 0;
        continue;
      }
      if (typed === "" && /^\s*(?:exit|quit)\s*;?\s*$/i.test(input.line)) return;
      if (typed === "" && isDotCommand(input.line)) {
        const line = input.line.trim();
        if (/^\.(?:quit|exit)\b/.test(line)) return;
        await attempt(context, async () => {
          if (/^\.mode\b/.test(line)) format = modeOf(line);
          else await runDotCommand(line, { dataset, terminal });
        });
        continue;
      }
      typed += `${input.line}\n`;
      if (input.line !== "") count++;
      const { statements, unfinished } = splitStatements(typed);
      if (unfinished) continue;
      const sql = typed;
      const lines = count;
      typed = "";
      count = 0;
      if (statements.length === 0) continue;
      const whole = onOneLine(sql);
      if (lines > 1) keyboard.join(lines, whole);
      const run = (signal: AbortSignal) => runScript(sql, dataset, { format, terminal, signal });
      if (await attempt(context, run)) again = whole;
    }
  } finally {
    keyboard.close();
  }
}
