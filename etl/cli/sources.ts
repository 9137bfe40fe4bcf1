// The options that name sources: those of every command that reads pages.
import { UsageError } from "../common/errors.ts";
import type { Terminal } from "./command.ts";
import { pathOr } from "./options.ts";

const parseSource = pathOr("api", "sample", "synthetic");

/** `--source`, as often as there are sources. */
export const SOURCE = {
  type: "custom",
  parse: parseSource,
  multiple: true,
  metavar: "SOURCE",
  description:
    "api, sample, synthetic, or saved answers in any shape: a file, a folder, a quoted glob, - for stdin; repeatable (default: api)",
} as const;

/** `--path`: where in saved answers the people are. */
export const PATH = {
  type: "string",
  metavar: "KEY.KEY",
  description: "Where the people are in files that wrap them, as in data.results",
} as const;

/** What stands for sources without an option: a shell has put them in place of a glob. */
export const FILES = "[FILE...]";

/** The source that is stdin. */
const STDIN = "-";

/** The sources that options and arguments name, in order. */
export function sourcesOf(
  options: readonly string[] | undefined,
  positionals: readonly string[],
): string[] {
  return [...options ?? [], ...positionals.map(parseSource)];
}

/** Options with what arguments name as sources too. */
export function withSources<V extends { readonly source?: string[] | undefined }>(
  values: V,
  positionals: readonly string[],
): V {
  const source = sourcesOf(values.source, positionals);
  return source.length === 0 ? values : { ...values, source };
}

/** What stdin gives, where it is a source; throws a `UsageError` where nobody pipes anything in. */
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
