// Prints command lines that can be pasted into a POSIX shell.

/**
 * Quotes a word, with double quotes where possible, since Windows knows no others. PowerShell splits
 * a bare word at its commas and expands one that begins with @.
 */
export function quoted(word: string): string {
  if (/^[\w%+=:./-][\w@%+=:./-]*$/.test(word)) return word;
  return /^[\w@+=:,./\-*?()<>;#&|'[\]{} ]+$/.test(word)
    ? `"${word}"`
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

type Value = string | number | true;

/** `true` for options without a value; `undefined` ones are left out. */
type Options = Readonly<Record<string, Value | readonly string[] | undefined>>;

/** The default of `--data` and `--out`. */
const DEFAULT_DATA = "data";

function optionText(name: string, value: Value): string[] {
  if (value === true) return [`--${name}`];
  const text = String(value);
  if (text === DEFAULT_DATA && (name === "data" || name === "out")) return [];
  // A word that begins with a hyphen would be taken for an option.
  return [text.startsWith("-") ? quoted(`--${name}=${text}`) : `--${name} ${quoted(text)}`];
}

/** A command line of debr. */
export function commandLine(
  task: string,
  options: Options = {},
  operands: readonly string[] = [],
): string {
  const words = Object.entries(options).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one: Value) => optionText(name, one))
  );
  // SQL that begins with a comment would be taken for an option; a space before it changes nothing.
  const rest = operands.map((text) => quoted(text.startsWith("-") ? ` ${text}` : text));
  return [`deno task ${task}`, ...words, ...rest].join(" ");
}
