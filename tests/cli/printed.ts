/**
 * The commands that debr prints, as a shell and debr's own command line read them.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { asksForHelp, parseCommand } from "../../etl/cli/parse.ts";

/** Text with all that a shell treats specially. */
export const AWKWARD = 'it\'s -- "a" $HOME `x` \\ !1 ; & | > # * é\n-- next';

/** A command up to the end of its sentence: the next `;`, `&&` or redirection outside of quotes. */
const COMMAND = /deno task(?:"[^"]*"|'[^']*'|\\.|[^;&<"'\n])*/g;

/** The commands in a text for a person. */
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

/** Windows has a shell that reads these commands only where Git brought one. */
export const IN_SHELL = { ignore: !await hasShell() };

/** Runs a script of `deno` commands with a real shell; the arguments that each would get. */
export async function argumentsOf(script: string): Promise<string[][]> {
  const cwd = await Deno.makeTempDir({ prefix: "debr-printed-" });
  await Deno.mkdir(`${cwd}/data`);
  // Programs beside debr in a pipe take everything and say nothing.
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

/** A printed command, read. */
export interface Printed {
  readonly task: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** Reads the arguments of one `deno`. Throws where debr has no such task or option. */
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

/** Reads each command in a text. */
export async function printedIn(text: string): Promise<Printed[]> {
  const read = await argumentsOf(commandsIn(text).join("\n"));
  assertEquals(read.length, commandsIn(text).length, text);
  return await Promise.all(read.map(parsed));
}
