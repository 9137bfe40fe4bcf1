import type { Result } from "../engine.ts";
import type { FormatName } from "../options.ts";
import { flatTexts, type Format, type Out, writeJson, writeNdjson } from "./json.ts";
import { writeTable } from "./table.ts";
import { padTo, printable, widthOf } from "./width.ts";

/** CSV (RFC 4180) with line feeds. NULL is an empty field; an empty text is `""`. */
async function writeCsv({ columns, batches }: Result, out: Out): Promise<void> {
  const field = (text: string | null) =>
    text === "" || /[",\r\n]/.test(text ?? "") ? `"${text!.replaceAll('"', '""')}"` : text ?? "";
  const line = (texts: readonly (string | null)[]) => `${texts.map(field).join(",")}\n`;
  out(line(columns.map(({ name }) => name)));
  for await (const rows of batches()) {
    out(rows.map((row) => line(flatTexts(row, columns))).join(""));
  }
}

/** A Markdown table with numbers aligned right. Characters that would become markup are escaped. */
async function writeMarkdown({ columns, batches }: Result, out: Out): Promise<void> {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const escaped = (text: string | null) =>
    text?.replace(/[\\|`*_<>[\]]/g, "\\$&").replace(/\r?\n|\r/g, "<br>") ?? "NULL";
  out(line(columns.map(({ name }) => escaped(name))));
  out(line(columns.map(({ type }) => type.kind === "number" ? "---:" : "---")));
  for await (const rows of batches()) {
    out(rows.map((row) => line(flatTexts(row, columns).map(escaped))).join(""));
  }
}

/** One column per line, for rows that are wider than the screen; empty lines separate rows. */
async function writeLines({ columns, batches }: Result, out: Out): Promise<void> {
  const names = columns.map(({ name }) => printable(name));
  const width = Math.max(...names.map(widthOf));
  const labels = names.map((name) => padTo(name, { width, right: true }));
  let separator = "";
  for await (const rows of batches()) {
    const written = rows.map((row) =>
      flatTexts(row, columns)
        .map((text, index) => `${labels[index]} = ${printable(text ?? "NULL")}\n`).join("")
    );
    out(separator + written.join("\n"));
    separator = "\n";
  }
}

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

/** Formats in which several results in one output can be distinguished. */
export const REPEATABLE: ReadonlySet<FormatName> = new Set(["table", "ndjson", "markdown", "line"]);
