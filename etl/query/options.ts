// The options of `query`, separate from its work, so that the help loads no engine or format.

/** `wasm` runs in Deno's sandbox; `native` handles large data and uses all cores. */
export const ENGINES = ["wasm", "native"] as const;

export type EngineName = typeof ENGINES[number];

export const FORMAT_NAMES = [
  "table",
  "json",
  "ndjson",
  "csv",
  "markdown",
  "line",
  "parquet",
] as const;

export type FormatName = typeof FORMAT_NAMES[number];

/** A file and the name of its view; the default is the file name. */
export interface OwnFile {
  readonly path: string;
  readonly name?: string | undefined;
}
