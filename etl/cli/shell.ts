// Prints command lines that can be pasted into a POSIX shell.
import { fromHere, slashed } from "../common/path.ts";
import type { Request } from "../extract/pages/pages.ts";

// Windows supports only double quotes. PowerShell splits words at commas and expands a leading @.
export function quoted(word: string): string {
  const safe = slashed(word);
  if (/^[\w%+=:./-][\w@%+=:./-]*$/.test(safe)) return word;
  return /^[\w@+=:,./\-*?()<>;#&|'[\]{} ]+$/.test(safe)
    ? `"${word}"`
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

type Value = string | number | true;

type Options = Readonly<Record<string, Value | readonly string[] | undefined>>;

function optionText(name: string, value: Value): string[] {
  if (value === true) return [`--${name}`];
  const text = String(value);
  if (text === "data" && (name === "data" || name === "out")) return [];
  // A parser would treat a value that begins with a hyphen as an option.
  return [text.startsWith("-") ? quoted(`--${name}=${text}`) : `--${name} ${quoted(text)}`];
}

/** Builds a command line of debr, without options that have their default. */
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

const NAMED: readonly string[] = ["api", "sample", "synthetic", "rejects", "-"];

interface Into {
  readonly out?: string | undefined;
  readonly mode?: "replace" | "append";
  readonly dryRun?: boolean;
}

export function extractCommand(request: Request, { out, mode, dryRun }: Into = {}): string {
  const { source = [], path, api, version, seed, nat, gender, results, pageSize } = request;
  return commandLine("extract", {
    source: [source].flat().map(String).map((one) => NAMED.includes(one) ? one : fromHere(one)),
    path,
    api,
    "api-version": version,
    seed,
    nat: nat && [nat].flat().join(",").toLowerCase(),
    gender,
    results,
    "page-size": pageSize,
    out,
    ...(mode === "append" && { mode }),
    ...(dryRun && { "dry-run": true }),
  });
}
