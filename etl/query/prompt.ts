/**
 * The prompt: statements typed at a terminal, over several lines up to a semicolon, with the
 * session's history.
 *
 * @module
 */
import type { Terminal } from "../common/terminal.ts";
import { DebrError, UsageError } from "../common/errors.ts";
import type { Dataset } from "./dataset.ts";
import { isDotCommand, runDotCommand } from "./dot_commands.ts";
import { splitStatements } from "./lexer.ts";
import { FORMAT_NAMES, type FormatName } from "./options.ts";
import { runScript } from "./script.ts";
import { nearest } from "../common/nearest.ts";

/** Reads lines from a person. */
export interface LineReader {
  /** The next line; `interrupt` for Ctrl-C, `end` for Ctrl-D. */
  readonly read: (prompt: string) => Promise<{ readonly line: string } | "interrupt" | "end">;
  /** Calls back on every Ctrl-C while no line is being read. */
  readonly onInterrupt: (callback: () => void) => void;
  readonly close: () => void;
}

/** What a prompt works on. */
export interface PromptContext {
  readonly terminal: Terminal;
  readonly format: FormatName;
  readonly keyboard: LineReader;
  /** Says what to do next in words. */
  readonly advise: (next: DebrError["next"]) => string | undefined;
}

const PROMPT = "debr> ";
const CONTINUED = "  ...> ";

/** The keyboard, with the editing and history of Node's readline. Writes to stderr. */
export async function openKeyboard(): Promise<LineReader> {
  const { createInterface } = await import("node:readline/promises");
  const { default: process } = await import("node:process");
  const { stdin: input, stderr: output } = process;
  const lines = createInterface({ input, output, terminal: true, prompt: "" });
  let interrupted = () => {};
  let reading: AbortController | undefined;
  let ended = false;
  const end = new Promise<"end">((resolve) => lines.once("close", () => resolve("end")));
  end.then(() => ended = true);
  lines.on("SIGINT", () => reading ? reading.abort() : interrupted());
  return {
    onInterrupt: (callback) => interrupted = callback,
    close: () => lines.close(),
    read: async (prompt) => {
      if (ended) return "end";
      reading = new AbortController();
      const { signal } = reading;
      try {
        const question = lines.question(prompt, { signal }).then((line) => ({ line }));
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

/** Runs one input of a prompt, interruptible; an expected error is told and the prompt goes on. */
async function attempt(context: PromptContext, run: (signal: AbortSignal) => Promise<void>) {
  const { terminal, keyboard } = context;
  const interruption = new AbortController();
  keyboard.onInterrupt(() => interruption.abort());
  try {
    await run(interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) terminal.err("Interrupted\n");
    else if (error instanceof DebrError) {
      const next = context.advise(error.next);
      terminal.err(`${error.message}\n${next === undefined ? "" : `${next}\n`}`);
    } else throw error;
  }
}

/** Reads and runs until `.quit` or Ctrl-D. */
export async function runPrompt(dataset: Dataset, context: PromptContext): Promise<void> {
  const { terminal, keyboard } = context;
  let { format } = context;
  let typed = "";
  terminal.err(
    "SQL up to a semicolon; .help lists commands, .quit ends. All see the tables as they are now\n",
  );
  try {
    for (;;) {
      const input = await keyboard.read(typed === "" ? PROMPT : CONTINUED);
      if (input === "end") return;
      if (input === "interrupt") {
        typed = "";
        continue;
      }
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
      const { statements, unfinished } = splitStatements(typed);
      if (unfinished) continue;
      const sql = typed;
      typed = "";
      if (statements.length === 0) continue;
      await attempt(context, (signal) => runScript(sql, dataset, { format, terminal, signal }));
    }
  } finally {
    keyboard.close();
  }
}
