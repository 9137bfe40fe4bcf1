import {
  type Args,
  type ArgSchema,
  type ArgsValidationError,
  type ArgToken,
  type ArgValues,
  isArgsValidationError,
  parseArgs,
  resolveArgs,
} from "gunshi";
import { generate } from "gunshi/generator";
import type { UsageError } from "../common/errors.ts";
import { examplesText, type Options, refuse } from "./command.ts";
import { kebab } from "./shell.ts";

const HELP = { help: { type: "boolean", short: "h", description: "Print this help" } } as const;

function argsOf<A extends Args>({ args }: Options<A>): A {
  const named = Object.entries(args).map(([name, arg]) => [name, { ...arg, toKebab: true }]);
  return Object.fromEntries(named);
}

/** Replaces each value's placeholder, which is the option's name, with its kind: `--out [dir]`. */
function withPlaceholders(text: string, args: Args): string {
  return Object.entries(args).reduce((help, [name, { metavar }]) => {
    const option = `--${kebab(name)}`;
    const value = new RegExp(`${option} ([<[])${kebab(name)}([>\\]] +)`);
    return metavar === undefined
      ? help
      : help.replace(value, (row, open: string, close: string) =>
        `${option} ${open}${metavar.toLowerCase()}${close.trim()} `.padEnd(row.length));
  }, text);
}

export async function helpText(command: Options): Promise<string> {
  const operands = command.operands === undefined ? "" : ` ${command.operands}`;
  const { name, description } = command;
  const args = { ...argsOf(command), ...HELP };
  const entry = { name, description, args, examples: examplesText(command) };
  const text = await generate(null, entry, {
    name: `deno task ${name}`,
    renderHeader: null,
    usageSilent: true,
  });
  const usage = `deno task ${name} [OPTIONS]${operands}`;
  const options = text
    .replace(/^.*<OPTIONS>.*$/m, `  ${usage}`)
    .replace(/^ +-v, --version.*\n/m, "")
    .replace(/^( +-h, --help +).*$/m, "$1Print this help");
  return `${description}\n\n${withPlaceholders(options.trim(), command.args)}\n`;
}

export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? undefined : end).some((arg) =>
    arg === "--help" || arg === "-h"
  );
}

async function unknownOption(command: Options, { name, rawName }: ArgToken): Promise<UsageError> {
  // Imported on demand to keep --help fast.
  const { nearest } = await import("../common/nearest.ts");
  const like = nearest(name ?? "", Object.keys({ ...command.args, ...HELP }).map(kebab));
  return refuse(
    `Cannot use ${rawName}: ${command.name} has no such option`,
    `${like === undefined ? "" : `Did you mean --${like}? `}${seeHelp(command)}`,
  );
}

/** Refuses unknown options, a missing value (an empty shell variable), and a value of a flag. */
async function checkOptions(command: Options, tokens: readonly ArgToken[]): Promise<void> {
  const args = Object.entries<ArgSchema>({ ...command.args, ...HELP });
  for (const [at, token] of tokens.entries()) {
    const { kind, name, rawName, value = "", inlineValue } = token;
    if (kind !== "option") continue;
    const arg = args.find(([long, { short }]) => name === kebab(long) || name === short)?.[1];
    if (arg === undefined) throw await unknownOption(command, token);
    const following = tokens[at + 1];
    const given = inlineValue || following?.kind !== "positional" ? value : following.value;
    if (arg.type !== "boolean" && !given) {
      throw refuse(`Cannot use ${rawName} without a value`, seeHelp(command));
    }
    if (arg.type === "boolean" && inlineValue) {
      throw refuse(`Cannot use ${rawName} with a value`, seeHelp(command));
    }
  }
}

function seeHelp({ name }: Options): string {
  return `See deno task ${name} --help`;
}

function explain({ code, message, values }: ArgsValidationError): string {
  const { name = "", actual, choiceValues, expected } = values as {
    name?: string;
    actual?: string;
    choiceValues?: readonly string[];
    expected?: string;
  };
  const option = `--${kebab(name)}`;
  if (code === "err:arg:custom-parse") return `Cannot use ${option}: ${message}`;
  if (actual === undefined) return `Cannot use ${option} without a value`;
  const wanted = choiceValues ? `one of ${choiceValues.join(", ")}` : `a ${expected}`;
  return `Cannot use ${option} ${actual}: it should be ${wanted}`;
}

/** Parses a command line. Throws a `UsageError` with the mistake and the probable correction. */
export async function parseCommand<A extends Args>(
  command: Options<A>,
  args: readonly string[],
): Promise<{ readonly values: ArgValues<A>; readonly positionals: readonly string[] }> {
  const tokens = parseArgs([...args]);
  await checkOptions(command, tokens);
  const { values, positionals, rest, error } = resolveArgs(argsOf(command), tokens, {
    toKebab: true,
  });
  const [first] = error?.errors ?? [];
  if (first !== undefined) {
    const message = isArgsValidationError(first) ? explain(first) : String(first.message);
    throw refuse(message, seeHelp(command));
  }
  const operands = [...positionals, ...rest];
  if (command.operands === undefined && operands.length > 0) {
    throw refuse(
      `Cannot use ${JSON.stringify(operands[0])}: ${command.name} takes only options`,
      seeHelp(command),
    );
  }
  return { values, positionals: operands };
}
