import { number, plural } from "../../common/counts.ts";
import type { Result } from "../engine.ts";
import { flatTexts, type FormatOptions, type Out } from "./json.ts";
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

export async function writeTable(
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
