/**
 * The formats a result can be printed in.
 *
 * @module
 */
import type { Result } from "../result.ts";
import { writeCsv } from "./csv.ts";
import { writeJson, writeNdjson } from "./json.ts";
import { writeMarkdown } from "./markdown.ts";
import { writeTable } from "./table.ts";

/** Takes what is printed. */
export type Out = (chunk: string | Uint8Array) => void;

/** What a format may want to know. */
export interface FormatOptions {
  /** Width of the terminal in characters; without it a table is as wide as it wants. */
  readonly columns?: number | undefined;
}

/** Prints a result. */
export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;

async function writeParquet(result: Result, out: Out): Promise<void> {
  for await (const piece of result.parquet()) out(piece);
}

/** The formats by name. */
export const FORMATS = {
  table: writeTable,
  json: writeJson,
  ndjson: writeNdjson,
  csv: writeCsv,
  markdown: writeMarkdown,
  parquet: writeParquet,
} satisfies Readonly<Record<string, Format>>;

/** The name of a format. */
export type FormatName = keyof typeof FORMATS;

/** Formats in which several results after one another can still be told apart or read. */
export const REPEATABLE: ReadonlySet<FormatName> = new Set(["table", "ndjson", "markdown"]);
