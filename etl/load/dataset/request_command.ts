/**
 * From a request, as the manifest and staging keep it, to the command that asks for it again.
 *
 * @module
 */
import type { Request } from "../../extract/pages/pages.ts";

/** The options of `extract` by what a request calls them. */
const OPTIONS: Readonly<Record<string, string>> = {
  source: "source",
  api: "api",
  version: "api-version",
  seed: "seed",
  nat: "nat",
  gender: "gender",
  results: "results",
  pageSize: "page-size",
};

/** A word as a shell takes it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line that makes the same request, into the dataset `out` where one is given. */
export function commandFor(request: Request, out?: string): string {
  const words = ["deno task extract"];
  for (const [name, option] of Object.entries(OPTIONS)) {
    const value = request[name];
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(",").toLowerCase() : String(value);
    // A word that begins with a hyphen would be taken for an option.
    words.push(text.startsWith("-") ? quote(`--${option}=${text}`) : `--${option} ${quote(text)}`);
  }
  if (out !== undefined) words.push(`--out ${quote(out)}`);
  return words.join(" ");
}
