// Options that name sources, for every command that reads pages.
import { UsageError } from "../common/errors.ts";
import type { Terminal } from "./command.ts";
import { custom, pathOr } from "./options.ts";

const parseSource = pathOr("api", "sample", "synthetic");

/** The option for a source; may be repeated. */
export const SOURCE = {
  ...custom(
    { SOURCE: parseSource },
    "api, sample, synthetic, or saved answers in any shape: a file, a folder, a quoted glob, - for stdin; repeatable (default: api)",
  ),
  multiple: true,
} as const;

/** The path to the people in saved pages. */
export const PATH = {
  type: "string",
  metavar: "KEY.KEY",
  description: "Where the people are in files that wrap them, as in data.results",
} as const;

/** The placeholder for sources as arguments, which a shell makes from a glob. */
export const FILES = "[FILE...]";

/** The source that reads stdin. */
export const STDIN = "-";

/** Returns the sources in the order of options and arguments. */
export function sourcesOf(
  options: readonly string[] | undefined,
  positionals: readonly string[],
): string[] {
  return [...options ?? [], ...positionals.map(parseSource)];
}

export function withSources<V extends { readonly source?: string[] | undefined }>(
  values: V,
  positionals: readonly string[],
): V {
  const source = sourcesOf(values.source, positionals);
  return source.length === 0 ? values : { ...values, source };
}

/** Returns stdin if a source reads it. Throws a `UsageError` if nothing is piped in. */
export function inputOf(sources: readonly string[], { input, isTerminal }: Terminal) {
  if (!sources.includes(STDIN)) return {};
  if (isTerminal.in) {
    throw new UsageError("Cannot read stdin: it is the keyboard", {
      step: "arguments",
      next: "Pipe answers in: curl https://randomuser.me/api/ | deno task extract --source -",
    });
  }
  return { input: input as ReadableStream<Uint8Array<ArrayBuffer>> };
}
