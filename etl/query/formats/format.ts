// The formats in which a result can be printed.
import type { FormatName } from "../options.ts";
import type { Result } from "../result.ts";
import { writeCsv } from "./csv.ts";
import { writeJson, writeNdjson } from "./json.ts";
import { writeLines } from "./line.ts";
import { writeMarkdown } from "./markdown.ts";
import type { Format, Out } from "./out.ts";
import { writeTable } from "./table.ts";

async function writeParquet(result: Result, out: Out): Promise<void> {
  for await (const piece of result.parquet()) out(piece);
}

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  table: writeTable,
  json: writeJson,
  ndjson: writeNdjson,
  csv: writeCsv,
  markdown: writeMarkdown,
  line: writeLines,
  parquet: writeParquet,
};

/** Formats that keep several results in one output distinguishable. */
export const REPEATABLE: ReadonlySet<FormatName> = new Set(["table", "ndjson", "markdown", "line"]);
