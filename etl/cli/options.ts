// Options that several commands share, and the parsers of their values.

import { typedFolder, typedPath } from "../common/path.ts";
import { urlOption } from "./database_url.ts";

/** Builds an option with a parser and a placeholder: `custom({ N: wholeNumber(1) }, "…")`. */
export function custom<T>(
  value: Readonly<Record<string, (text: string) => T>>,
  description: string,
) {
  const [[metavar, parse]] = Object.entries(value) as [[string, (text: string) => T]];
  return { type: "custom", parse, metavar, description } as const;
}

/** Parses a whole number within bounds. */
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

/** Parses a path, one of some words, `-`, a URL, JSON, or `@` and the path of a secret file. */
export function pathOr(...words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text) || /^(-$|\{|[\w+.-]{2,}:\/\/)/.test(text)) return text;
    return text.startsWith("@") ? `@${typedPath(text.slice(1))}` : typedPath(text);
  };
}

export const DATA = {
  ...custom({ DIR: typedFolder }, "Folder of the dataset"),
  default: "data",
} as const;

export const OUT = {
  ...custom({ DIR: typedFolder }, "Folder to write the dataset to, data or one below it"),
  default: "data",
} as const;

/** The database option; its value goes to `findTarget`. */
export const DATABASE = custom(
  { "URL|@FILE": urlOption },
  "postgres://… or mysql://… without a password, or a file with the URL (default: DEBR_DATABASE_URL)",
);

/** A database to dump or to restore into; the environment cannot name it. */
export const DUMPED_DATABASE = {
  type: "custom",
  parse: urlOption,
  metavar: "URL|@FILE|env",
} as const;

export const JSON_OUTPUT = {
  type: "boolean",
  description: "Print the result as JSON to stdout",
} as const;

export const LOG = {
  type: "enum",
  choices: ["text", "json"],
  description: "Write what happens to stderr, a line each, in place of the progress",
} as const;
