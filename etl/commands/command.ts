/**
 * What a command is. Its options are data, so that `--help` and the CLI reference read them without
 * loading what the command needs; `run` imports that when it starts.
 *
 * @module
 */
import type { Args, ArgValues } from "gunshi";
import type { ExitStatus } from "../errors.ts";

/** The terminal, as commands see it. Results go to `out`, everything else to `err`. */
export interface Terminal {
  /** Writes a result to stdout, exactly as given. */
  readonly out: (chunk: string | Uint8Array) => void;
  /** Writes for the person at the keyboard, to stderr, exactly as given. */
  readonly err: (text: string) => void;
  /** Standard input, as bytes. */
  readonly input: ReadableStream<Uint8Array>;
  /** Which of the three are a terminal. */
  readonly isTerminal: { readonly in: boolean; readonly out: boolean; readonly err: boolean };
  /** Width in characters; 80 where it cannot be known. */
  readonly columns: () => number;
  /** Whether stderr shows colour: a terminal, and no `NO_COLOR`. */
  readonly color: boolean;
}

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
