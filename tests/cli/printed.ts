/**
 * Reads the commands that debr prints, with a shell and with debr's own parser.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { asksForHelp, parseCommand } from "../../etl/cli/parse.ts";

/** Text with every special character of a shell. */
export const AWKWARD = 'it\'s -- "a" $HOME `x` \\ !1 ; & | > # * é\n-- next';

/** A command up to the next `;`, `&&` or redirection outside quotes. */
const COMMAND = /deno task(?:"[^"]*"|'[^']*'|\\.|[^;&<"'\n])*/g;

/** Finds the commands in a text. */
export function commandsIn(text: string): string[] {
  return (text.match(COMMAND) ?? []).map((command) => command.trim());
}

async function hasShell(): Promise<boolean> {
  try {
    return (await new Deno.Command("sh", { args: ["-c", ":"] }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Skips a test where no POSIX shell exists: on Windows only Git installs one. */
export const IN_SHELL = { ignore: !await hasShell() };

/** Runs a script of `deno` commands in a real shell and returns the arguments of each. */
export async function argumentsOf(script: string): Promise<string[][]> {
  const cwd = await Deno.makeTempDir({ prefix: "debr-printed-" });
  await Deno.mkdir(`${cwd}/data`);
  // Replaces the other programs in a pipe.
  const head = "exec 3>&1\njq() { cat; }\ncurl() { :; }\n" +
    "deno() { printf '%s\\0' \"$@\" >&3; printf '\\1\\0' >&3; }\n";
  const { success, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", head + script],
    cwd,
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", HOME: "/nowhere" },
  }).output();
  await Deno.remove(cwd, { recursive: true });
  assertEquals([success, new TextDecoder().decode(stderr)], [true, ""], script);
  const words = new TextDecoder().decode(stdout).split("\0");
  const all: string[][] = [[]];
  for (const word of words.slice(0, -1)) {
    if (word === "\x01") all.push([]);
    else all.at(-1)!.push(word);
  }
  return all.slice(0, -1);
}

/** A printed command after parsing. */
export interface Printed {
  readonly task: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** Parses the arguments of one `deno`. Throws if debr has no such task or option. */
export async function parsed(args: readonly string[]): Promise<Printed> {
  const [word, ...rest] = args;
  assertEquals(word, "task", args.join(" "));
  const [task = "", ...options] = rest.filter((arg, at) => !(at === 0 && arg === "-q"));
  if (task === "" || asksForHelp(options)) return { task, values: {}, positionals: [] };
  const load = COMMANDS[task];
  if (load === undefined) throw new Error(`No task ${task}: ${args.join(" ")}`);
  const { values, positionals } = await parseCommand(await load(), options);
  return { task, values, positionals };
}

/** Parses each command in a text. */
export async function printedIn(text: string): Promise<Printed[]> {
  const read = await argumentsOf(commandsIn(text).join("\n"));
  assertEquals(read.length, commandsIn(text).length, text);
  return await Promise.all(read.map(parsed));
}
