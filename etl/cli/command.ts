/**
 * What a command is. Its options are data, so that `--help` and the CLI reference read them without
 * loading what the command needs; `run` imports that when it starts.
 *
 * @module
 */
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

/** A command: `deno task <name>`. */
export interface Command<A extends Args = Args> {
  readonly name: string;
  readonly description: string;
  readonly args: A;
  /** What stands for arguments that are not options, as in `[SQL]`; none are taken without it. */
  readonly operands?: string;
  /** Command lines with what they do, one a line; `--help` prints them. */
  readonly examples: string;
  readonly run: (values: ArgValues<A>, context: Context) => Promise<ExitStatus>;
}

/** Declares a command; infers the types of its options. */
export function command<const A extends Args>(spec: Command<A>): Command<A> {
  return spec;
}
