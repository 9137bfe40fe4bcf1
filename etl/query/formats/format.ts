import { number, plural } from "../../common/counts.ts";
import type { Result } from "../engine.ts";
import type { FormatName } from "../options.ts";
import {
  flatTexts,
  type Format,
  type FormatOptions,
  type Out,
  writeJson,
  writeNdjson,
} from "./json.ts";
import { cutTo, padTo, printable, widthOf } from "./width.ts";

/** Rows that the table format prints; other formats print all rows. */
const SHOWN_ROWS = 40;
/** Narrower columns would cut numbers and dates. */
const NARROWEST = 8;

/** Fits as many of the first columns as possible; the widest columns shrink first. */
export function fitWidths(natural: readonly number[], available: number): number[] {
  // Each column has a border and two spaces, and the table one more border.
  const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width + 3, 1);
  const least = natural.map((width) => Math.min(width, NARROWEST));
  let columns = natural.length;
  while (columns > 1 && total(least.slice(0, columns)) > available) columns--;
  const widths = natural.slice(0, columns).map((width) => Math.min(width, available));
  for (let excess = total(widths) - available; excess > 0; excess--) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.lastIndexOf(widest)]!--;
  }
  return widths;
}

function footer(
  { rowCount, columns: { length } }: Result,
  { rows, columns, atPrompt }: { rows: number; columns: number; atPrompt: boolean },
): string {
  const total = plural(rowCount, "row");
  const hiddenRows = rowCount > rows ? [`${number(rowCount - rows)} of ${total}`] : [];
  const hiddenColumns = length > columns ? [`${length - columns} of ${length} columns`] : [];
  const hidden = [...hiddenRows, ...hiddenColumns].join(" and ");
  if (hidden === "") return `${total}\n`;
  const shows = length > columns ? "line shows all, one per line" : "csv shows all";
  return `${hidden} not shown; ${atPrompt ? ".mode" : "the format"} ${shows}\n`;
}

async function writeTable(
  result: Result,
  out: Out,
  { columns: available = Infinity, atPrompt = false }: FormatOptions = {},
): Promise<void> {
  const rows = await result.rows(SHOWN_ROWS);
  const { columns } = result;
  // DuckDB draws the plan of EXPLAIN itself.
  if (columns.map(({ name }) => name).join() === "explain_key,explain_value") {
    return out(rows.map(([, plan]) => `${String(plan).trimEnd()}\n`).join(""));
  }
  const header = columns.map(({ name }) => printable(name));
  const body = rows.map((row) => flatTexts(row, columns).map((text) => printable(text ?? "NULL")));
  const natural = columns.map((_, index) =>
    Math.max(...[header, ...body].map((line) => widthOf(line[index] ?? "")))
  );
  const widths = fitWidths(natural, available);
  const line = (cells: readonly string[]) =>
    `│${
      widths.map((width, index) => {
        const right = columns[index]?.type.kind === "number";
        return ` ${padTo(cutTo(cells[index] ?? "", width), { width, right })} `;
      }).join("│")
    }│\n`;
  const rule = (left: string, between: string, right: string) =>
    `${left}${widths.map((width) => "─".repeat(width + 2)).join(between)}${right}\n`;
  out([
    rule("┌", "┬", "┐"),
    line(header),
    rule("├", "┼", "┤"),
    ...body.map(line),
    rule("└", "┴", "┘"),
    footer(result, { rows: rows.length, columns: widths.length, atPrompt }),
  ].join(""));
}

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
