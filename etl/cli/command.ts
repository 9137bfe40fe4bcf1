// What a command is. Its options are data, so that `--help` and the CLI reference read them without
// loading what the command needs; its work is imported when it runs.
import type { Args, ArgValues } from "gunshi";
import type { ExitStatus } from "../common/errors.ts";
import type { Terminal } from "../common/terminal.ts";

export type { Terminal };

/** What a command gets beside its options. */
export interface Context {
  readonly terminal: Terminal;
  /** Arguments that are not options. */
  readonly positionals: readonly string[];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a command line of a command may hold: all that `--help` says. */
export interface Options<A extends Args = Args> {
  readonly name: string;
  readonly description: string;
  readonly args: A;
  /** What stands for arguments that are not options, as in `[SQL]`; none are taken without it. */
  readonly operands?: string;
  /** Command lines with what they do, one a line; `--help` prints them. */
  readonly examples: string;
}

/** The work of a command. */
export type Run<A extends Args = Args> = (
  values: ArgValues<A>,
  context: Context,
) => Promise<ExitStatus>;

/** A command: `deno task <name>`. */
export interface Command<A extends Args = Args> extends Options<A> {
  run(values: ArgValues<A>, context: Context): Promise<ExitStatus>;
}

/** Declares the options of a command whose work is in a file of its own; infers their types. */
export function options<const A extends Args>(spec: Options<A>): Options<A> {
  return spec;
}

/** Declares a command with its work; infers the types of its options. */
export function command<const A extends Args>(spec: Command<A>): Command<A> {
  return spec;
}

/**
 * Joins the options of a command with its work, which is imported only when the command runs. The
 * values come from a command line that was read by the same options, so they have their types.
 */
export function joined<A extends Args>(options: Options<A>, work: () => Promise<Run<A>>): Command {
  return {
    ...options,
    run: async (values, context) => await (await work())(values as ArgValues<A>, context),
  };
}
