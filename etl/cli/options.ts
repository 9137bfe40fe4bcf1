// Options of several commands, and how their values are parsed.

import { typedFolder, typedPath } from "../common/path.ts";
import { urlOption } from "./database_url.ts";

/** An option whose value is parsed, with its placeholder: `custom({ N: wholeNumber(1) }, "…")`. */
export function custom<T>(
  value: Readonly<Record<string, (text: string) => T>>,
  description: string,
) {
  const [[metavar, parse]] = Object.entries(value) as [[string, (text: string) => T]];
  return { type: "custom", parse, metavar, description } as const;
}

/** A whole number within bounds. */
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

/** A path, or one of some words, `-`, a URL, JSON, or `@` and the path of a secret file. */
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

/** `findTarget` takes the value. */
export const DATABASE = custom(
  { "URL|@FILE": urlOption },
  "postgres://… or mysql://… without a password, or a file with the URL (default: DEBR_DATABASE_URL)",
);

/** A database to dump or to restore into, which only this option names. */
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
