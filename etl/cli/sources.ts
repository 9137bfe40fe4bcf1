// The options that name sources, for every command that reads pages.
import { UsageError } from "../common/errors.ts";
import type { Terminal } from "./command.ts";
import { custom, pathOr } from "./options.ts";

const parseSource = pathOr("api", "sample", "synthetic");

/** May be repeated. */
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

/** Arguments are sources too: a shell replaces a glob by them. */
export const FILES = "[FILE...]";

/** The source that names what is piped in. */
export const STDIN = "-";

/** In order of options and arguments. */
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

/** Throws a `UsageError` where nothing is piped in. */
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
