// The form of a command. Its options are data, so `--help` and the CLI reference need not load the
// code that does the work.
import type { Args, ArgValues } from "gunshi";
import type { ExitStatus } from "../common/errors.ts";
import type { Terminal } from "../common/terminal.ts";

export type { Terminal };

export interface Context {
  readonly terminal: Terminal;
  /** Arguments that are not options. */
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
  /** Examples, one a line, each with a description. */
  readonly examples: string;
}

type Run<A extends Args = Args> = (
  values: ArgValues<A>,
  context: Context,
) => Promise<ExitStatus>;

/** A command, run as `deno task <name>`. */
export interface Command<A extends Args = Args> extends Options<A> {
  run(values: ArgValues<A>, context: Context): Promise<ExitStatus>;
}

/** Infers the types of the options. */
export function options<const A extends Args>(spec: Options<A>): Options<A> {
  return spec;
}

/** Infers the types of the options. */
export function command<const A extends Args>(spec: Command<A>): Command<A> {
  return spec;
}

/** Joins options and work. Their types match, because these options parse the command line. */
export function joined<A extends Args>(options: Options<A>, work: () => Promise<Run<A>>): Command {
  return {
    ...options,
    run: async (values, context) => await (await work())(values as ArgValues<A>, context),
  };
}
