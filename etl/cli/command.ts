// Options are data, so `--help` and the CLI reference need not load the code that does the work.
import type { Args, ArgValues } from "gunshi";
import { type ExitStatus, UsageError } from "../common/errors.ts";
import type { Terminal } from "../common/terminal.ts";

export type { Terminal };

export interface Context {
  readonly terminal: Terminal;
  readonly positionals: readonly string[];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Options<A extends Args = Args> {
  readonly name: string;
  readonly description: string;
  readonly args: A;
  /** Placeholders such as `[SQL]`; without them, arguments are refused. */
  readonly operands?: string;
  /** Command lines by their description. */
  readonly examples: Readonly<Record<string, string | readonly string[]>>;
}

export interface Command<A extends Args = Args> extends Options<A> {
  run(values: ArgValues<A>, context: Context): Promise<ExitStatus>;
}

export type ValuesOf<O extends Pick<Options, "args">> = ArgValues<O["args"]>;

/** Infers the types of the options. */
export function options<const A extends Args>(spec: Options<A>): Options<A> {
  return spec;
}

/** Infers the types of the options, which parse the command line, so that the values match. */
export function command<const A extends Args>(spec: Command<A>): Command {
  return spec as Options as Command;
}

/** Joins options with work that is imported when it runs. */
export function joined<A extends Args>(
  options: Options<A>,
  work: () => Promise<Pick<Command<A>, "run">>,
): Command {
  return command({
    ...options,
    run: async (values, context) => await (await work()).run(values, context),
  });
}

/** Returns the examples as lines for a shell, with descriptions as comments. */
export function examplesText({ examples }: Options): string {
  return Object.entries(examples).flatMap(([what, lines]) => [`# ${what}`, ...[lines].flat()])
    .join("\n");
}

export function refuse(message: string, next: string): UsageError {
  return new UsageError(message, { step: "arguments", next });
}

export function jsonLine(value: unknown): string {
  return JSON.stringify(value) + "\n";
}
