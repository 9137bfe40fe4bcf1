import type { Terminal } from "../../common/terminal.ts";
import { DebrError } from "../../common/errors.ts";
import { typedPath } from "../../common/path.ts";
import type { Dataset } from "../dataset.ts";
import { REPEATABLE } from "../formats/format.ts";
import { didYouMean, usage } from "../errors.ts";
import { lex, splitStatements } from "../lexer.ts";
import { FORMAT_NAMES, type FormatName } from "../options.ts";
import { readSqlFile, runScript } from "../script.ts";
import { completed } from "./completion.ts";
import { isDotCommand, namesOf, type PromptCommands, runDotCommand } from "./dot_commands.ts";
import { type History, openOutput, type Output } from "./files.ts";
import type { Keyboard, openKeyboard } from "./keyboard.ts";

interface PromptContext {
  readonly terminal: Terminal;
  readonly format: FormatName;
  readonly history: History;
  readonly openKeyboard: typeof openKeyboard;
  /** Opens the dataset again after a statement ended the engine. */
  readonly reopen: () => Promise<Dataset>;
  readonly advise: (next: DebrError["next"]) => string | undefined;
}

const WELCOME = `End each statement with a semicolon; Tab completes, Ctrl-C stops a statement
All statements see the tables as they are now; .help lists commands, exit ends
`;

const LOST = `The engine was restarted: the tables, views, macros, prepared statements and
settings of this session are lost, and the dataset was opened again
`;

function modeOf(wanted: string): FormatName {
  const mode = FORMAT_NAMES.find((name) => name === wanted);
  if (mode !== undefined) return mode;
  const meant = didYouMean(wanted, FORMAT_NAMES);
  throw usage(`Cannot set mode: expected ${FORMAT_NAMES.join(", ")}, found "${wanted}"${meant}`);
}

/** Puts a statement on one line and removes its comments. */
function onOneLine(sql: string): string {
  const { tokens } = lex(sql);
  return tokens.map(({ start, end }, index) =>
    `${index > 0 && start > tokens[index - 1]!.end ? " " : ""}${sql.slice(start, end)}`
  ).join("");
}

class Prompt {
  readonly #context: PromptContext;
  #dataset: Dataset;
  #format: FormatName;
  #output: Output | undefined;
  #isTimed = false;
  /** The lines of a statement that has no semicolon yet. */
  #typed = "";
  /** Aborted by Ctrl-C while a statement or command runs. */
  #interruption = new AbortController();

  readonly #commands: PromptCommands = {
    ".mode": (wanted) => void (this.#format = modeOf(wanted)),
    ".read": async (path) => {
      if (path === "") throw usage("Cannot read SQL: no file given", { next: ".read people.sql" });
      await this.#script(await readSqlFile(typedPath(path)));
    },
    ".output": async (path) => {
      const output = path === "" ? undefined : await openOutput(path);
      this.#closeOutput();
      this.#output = output;
    },
    ".timer": (wanted) => {
      if (wanted !== "on" && wanted !== "off") {
        throw usage(`Cannot set timer: expected on or off, found "${wanted}"`);
      }
      this.#isTimed = wanted === "on";
    },
  };

  constructor(dataset: Dataset, context: PromptContext) {
    this.#dataset = dataset;
    this.#context = context;
    this.#format = context.format;
  }

  #closeOutput(): void {
    if (this.#output === undefined) return;
    this.#context.terminal.err(`Written: ${this.#output.path}\n`);
    this.#output.close();
    this.#output = undefined;
  }

  async #script(sql: string): Promise<void> {
    const { terminal: screen } = this.#context;
    const output = this.#output;
    const terminal = output === undefined
      ? screen
      : { ...screen, out: output.write, isTerminal: { ...screen.isTerminal, out: false } };
    const { signal } = this.#interruption;
    await runScript(sql, this.#dataset, { format: this.#format, terminal, signal, atPrompt: true });
    // A second result would make a file of this format unreadable.
    if (!REPEATABLE.has(this.#format)) this.#closeOutput();
  }

  /** Runs one interruptible input. Returns whether it has a syntax error. */
  async #attempt(keyboard: Keyboard, run: () => Promise<void>): Promise<boolean> {
    const { terminal, advise, reopen } = this.#context;
    this.#interruption = new AbortController();
    const { signal } = this.#interruption;
    const done = keyboard.running(() => this.#interruption.abort());
    const from = performance.now();
    try {
      await run();
      if (this.#isTimed) terminal.err(`${((performance.now() - from) / 1000).toFixed(3)} s\n`);
    } catch (error) {
      const hasEnded = this.#dataset.hasEnded();
      if (signal.aborted) terminal.err("\nInterrupted\n");
      else if (error instanceof DebrError || hasEnded) {
        const { message, next } = error as DebrError;
        const advice = advise(next);
        terminal.err(`${message}\n${advice === undefined ? "" : `${advice}\n`}`);
        if (/^Cannot run SQL: (?:Parser|Syntax) Error/.test(message)) return true;
      } else throw error;
      if (hasEnded) {
        this.#dataset = await reopen();
        terminal.err(LOST);
      }
    } finally {
      done();
    }
    return false;
  }

  /** Handles a line. Returns the text to edit again, or `undefined` at the end of the session. */
  async #take(line: string, keyboard: Keyboard): Promise<string | undefined> {
    const isFirst = this.#typed === "";
    if (isFirst && /^\s*\.?(?:exit|quit)\s*;?\s*$/i.test(line)) return undefined;
    if (isFirst && isDotCommand(line)) {
      await this.#keep(line.trim(), keyboard);
      const { terminal } = this.#context;
      const context = { dataset: this.#dataset, terminal, atPrompt: this.#commands };
      await this.#attempt(keyboard, () => runDotCommand(line, context));
      return "";
    }
    this.#typed += `${line}\n`;
    const { statements, unfinished } = splitStatements(this.#typed);
    if (unfinished) return "";
    const sql = this.#typed;
    this.#typed = "";
    if (statements.length === 0) return "";
    const whole = onOneLine(sql);
    await this.#keep(whole, keyboard);
    return await this.#attempt(keyboard, () => this.#script(sql)) ? whole : "";
  }

  async #keep(whole: string, keyboard: Keyboard): Promise<void> {
    keyboard.remember(whole);
    await this.#context.history.keep(whole);
  }

  async run(): Promise<void> {
    const { terminal, history, openKeyboard } = this.#context;
    terminal.err(`${WELCOME}${history.note}\n`);
    const keyboard = await openKeyboard(history.earlier, async (before, line) => {
      const earlier = this.#typed;
      const typed = { before: earlier + before, whole: earlier + line };
      return completed(typed, await namesOf(this.#dataset));
    });
    try {
      for (let again: string | undefined = ""; again !== undefined;) {
        const input = await keyboard.read(this.#typed === "" ? "debr> " : "  ...> ", again);
        if (input === "end") return;
        if (input === "interrupt") [this.#typed, again] = ["", ""];
        else again = await this.#take(input.line, keyboard);
      }
    } finally {
      keyboard.close();
      this.#closeOutput();
      this.#dataset.close();
    }
  }
}

export async function runPrompt(dataset: Dataset, context: PromptContext): Promise<void> {
  await new Prompt(dataset, context).run();
}
