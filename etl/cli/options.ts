// Options that several commands take, and how their values are read.

import { typedFolder, typedPath } from "../common/path.ts";
import { urlOption } from "./database_url.ts";

/** A whole number of at least `min` and, where given, at most `max`. */
export function wholeNumber(
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  return (text) => {
    if (!/^\d+$/.test(text) || Number(text) < min || Number(text) > max) {
      throw new RangeError(`it should be a whole number, ${range}, not ${JSON.stringify(text)}`);
    }
    return Number(text);
  };
}

/**
 * Reads a path where an option takes other values too: a word, `-` for stdin, a URL, JSON, and `@`
 * before the path of a file that holds a secret.
 */
export function pathOr(...words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text) || /^(-$|\{|[\w+.-]{2,}:\/\/)/.test(text)) return text;
    return text.startsWith("@") ? `@${typedPath(text.slice(1))}` : typedPath(text);
  };
}

/** `--data`: the dataset to read. */
export const DATA = {
  type: "custom",
  parse: typedFolder,
  default: "data",
  metavar: "DIR",
  description: "Folder of the dataset",
} as const;

/** `--out`: the dataset to write. */
export const OUT = {
  type: "custom",
  parse: typedFolder,
  default: "data",
  metavar: "DIR",
  description: "Folder to write the dataset to, data or one below it",
} as const;

/** `--to` or `--database`: a database; `findTarget` takes the value. */
export const DATABASE = {
  type: "custom",
  parse: urlOption,
  metavar: "URL|@FILE",
  description:
    "postgres://… or mysql://… without a password, or a file with the URL (default: DEBR_DATABASE_URL)",
} as const;

/** `--database`: a database to dump or to restore into, which nothing but this option names. */
export const DUMPED_DATABASE = {
  type: "custom",
  parse: urlOption,
  metavar: "URL|@FILE|env",
} as const;

/** `--json`: results for programs. */
export const JSON_OUTPUT = {
  type: "boolean",
  description: "Print the result as JSON to stdout",
} as const;

/** `--log`: events instead of progress. */
export const LOG = {
  type: "enum",
  choices: ["text", "json"],
  description: "Write what happens to stderr, a line each, in place of the progress",
} as const;
