/**
 * What `query` can be asked for. Apart from what carries it out, so that the help loads neither
 * engines nor formats.
 *
 * @module
 */

/** The engines: `wasm` runs in Deno's sandbox, `native` takes large data and all cores. */
export const ENGINES = ["wasm", "native"] as const;

/** One of the {@link ENGINES}. */
export type EngineName = typeof ENGINES[number];

/** The formats a result can be printed in. */
export const FORMAT_NAMES = ["table", "json", "ndjson", "csv", "markdown", "parquet"] as const;

/** One of the {@link FORMAT_NAMES}. */
export type FormatName = typeof FORMAT_NAMES[number];

/** A file, and what its view is called; by its own name unless another is given. */
export interface OwnFile {
  readonly path: string;
  readonly name?: string | undefined;
}
