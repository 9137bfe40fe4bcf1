/**
 * Runs the command of a command line; only this file uses the console and `Deno.exit`.
 *
 * @module
 */
import { promptSecret } from "@std/cli/prompt-secret";
import {
  aboutDebr,
  COMMANDS,
  datasetOf,
  errorJson,
  isRefused,
  nextText,
  quoted,
  refused,
  RENAMED,
  type Terminal,
} from "./etl/cli/mod.ts";
import { DebrError, EXIT, isAbort, UsageError } from "./etl/common/errors.ts";
import { asTyped } from "./etl/common/path.ts";
import { asExpected } from "./etl/common/system_fault.ts";
import { hidePasswords } from "./etl/common/passwords.ts";

const encoder = new TextEncoder();

function write(stream: typeof Deno.stdout, chunk: string | Uint8Array): void {
  const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
  for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
}

let isReaderGone = false;

/**
 * Drops the first text that the reader of stdout (`| head`) does not take, so that a command can
 * still end with its own exit code. The next one throws, which ends a long result.
 */
function print(chunk: string | Uint8Array): void {
  try {
    write(Deno.stdout, chunk);
  } catch (error) {
    if (isReaderGone || !(error instanceof Deno.errors.BrokenPipe)) throw error;
    isReaderGone = true;
  }
}

/** Writes a message. If that fails, neither the work nor its exit code changes. */
function tell(stream: typeof Deno.stdout, text: string): void {
  try {
    write(stream, text);
  } catch {
    // Its reader is gone, or its disk is full.
  }
}

const isTerminal = {
  in: Deno.stdin.isTerminal(),
  out: Deno.stdout.isTerminal(),
  err: Deno.stderr.isTerminal(),
};

/** Whether stdout is a non-empty file (`>>`), which opening by path would truncate. */
function isBegun(): boolean {
  const file = process.getBuiltinModule("node:fs").fstatSync(1);
  return file.isFile() && file.size > 0;
}

const terminal: Terminal = {
  out: print,
  err: (text) => tell(Deno.stderr, asTyped(text)),
  input: Deno.stdin.readable,
  isTerminal,
  get outPath() {
    return isTerminal.out || Deno.build.os === "windows" || isBegun() ? undefined : "/dev/stdout";
  },
  columns: () => isTerminal.out || isTerminal.err ? Deno.consoleSize().columns : 80,
  color: isTerminal.err && !Deno.noColor,
  ...(isTerminal.in && isTerminal.out && { askSecret: (message) => promptSecret(message) }),
};

function paint(text: string, code: number): string {
  return terminal.color ? `\x1b[${code}m${text}\x1b[0m` : text;
}

/** Prints an error to stderr, with `--json` to stdout too; returns the exit code. */
function report(thrown: unknown, args: readonly string[]): number {
  if (isReaderGone && thrown instanceof Deno.errors.BrokenPipe) return EXIT.done;
  const known = isRefused(thrown) ? refused(thrown, args) : asExpected(thrown);
  const at = { ...datasetOf(args), args };
  if (args.includes("--json")) tell(Deno.stdout, hidePasswords(errorJson(known, at)));
  if (isAbort(known)) {
    terminal.err(`${paint("Stopped.", 33)} Run the same command again to continue.\n`);
    return EXIT.interrupted;
  }
  const say = (text: string) => terminal.err(`${hidePasswords(text)}\n`);
  if (!(known instanceof DebrError)) {
    say(`${paint("Unexpected fault", 31)}: ${known instanceof Error ? known.stack : known}`);
    return EXIT.fault;
  }
  say(`${paint("Error", 31)}: ${known.message}`);
  const next = nextText(known.next, { ...at, terminal: isTerminal.err });
  if (next !== undefined) say(next);
  return known.status;
}

/** Aborts on the first Ctrl-C or SIGTERM of a scheduler; a second one ends the process. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const ask = () => {
    stop.abort();
    for (const signal of signals) Deno.removeSignalListener(signal, ask);
  };
  for (const signal of signals) Deno.addSignalListener(signal, ask);
  return stop.signal;
}

/** The error of an unknown command. */
function noSuchCommand(name: string, args: readonly string[]): UsageError {
  const renamed = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
  if (renamed !== undefined) {
    return new UsageError(`Cannot run ${name}: it is now called ${renamed}`, {
      step: "arguments",
      next: [`deno task ${renamed}`, ...args.map(quoted)].join(" "),
    });
  }
  const names = Object.keys(COMMANDS).join(", ");
  return new UsageError(`Cannot run ${JSON.stringify(name)}: there is no such command`, {
    step: "arguments",
    next: `Commands: ${names}. See deno task`,
  });
}

async function run(name: string, args: readonly string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    const about = aboutDebr(name);
    if (about === undefined) throw noSuchCommand(name, args);
    if (name !== "") terminal.out(about);
    else terminal.err(about);
    return name === "" ? EXIT.usage : EXIT.done;
  }
  const [command, parse] = await Promise.all([load(), import("./etl/cli/parse.ts")]);
  if (parse.asksForHelp(args)) {
    terminal.out(await parse.helpText(command));
    return EXIT.done;
  }
  const { values, positionals } = await parse.parseCommand(command, args);
  let signal: AbortSignal | undefined;
  return await command.run(values, {
    terminal,
    positionals,
    // Created on demand: until then a signal ends the process at once.
    get signal() {
      return signal ??= stopSignal();
    },
  });
}

if (import.meta.main) {
  const [name = "", ...args] = Deno.args;
  let status: number;
  try {
    status = await run(name, args);
  } catch (error) {
    status = report(error, Deno.args);
  }
  Deno.exit(status);
}
