// Prints command lines that can be pasted into a POSIX shell.

/**
 * Quotes a word, if possible with double quotes, the only ones that Windows supports. PowerShell
 * splits an unquoted word at commas and expands one that begins with @.
 */
export function quoted(word: string): string {
  if (/^[\w%+=:./-][\w@%+=:./-]*$/.test(word)) return word;
  return /^[\w@+=:,./\-*?()<>;#&|'[\]{} ]+$/.test(word)
    ? `"${word}"`
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

type Value = string | number | true;

/** Option values: `true` for options without a value; `undefined` ones are omitted. */
type Options = Readonly<Record<string, Value | readonly string[] | undefined>>;

/** The default value of `--data` and `--out`. */
const DEFAULT_DATA = "data";

function optionText(name: string, value: Value): string[] {
  if (value === true) return [`--${name}`];
  const text = String(value);
  if (text === DEFAULT_DATA && (name === "data" || name === "out")) return [];
  // A parser would treat a value that begins with a hyphen as an option.
  return [text.startsWith("-") ? quoted(`--${name}=${text}`) : `--${name} ${quoted(text)}`];
}

/** Builds a command line of debr. */
export function commandLine(
  task: string,
  options: Options = {},
  operands: readonly string[] = [],
): string {
  const words = Object.entries(options).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one: Value) => optionText(name, one))
  );
  // A leading space keeps SQL that begins with a comment from looking like an option.
  const rest = operands.map((text) => quoted(text.startsWith("-") ? ` ${text}` : text));
  return [`deno task ${task}`, ...words, ...rest].join(" ");
}
