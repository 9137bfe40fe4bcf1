// The options of `query`, without its work, so that the help loads neither engines nor formats.

/** `wasm` runs in Deno's sandbox, `native` takes large data and all cores. */
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

/** A file and the name of its view, by default its own. */
export interface OwnFile {
  readonly path: string;
  readonly name?: string | undefined;
}
