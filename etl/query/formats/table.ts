// Writes the first rows as a table that fits the terminal. cli-table3 is not used: it measures text
// by an old Unicode table and needs the widths anyway.
import { number, plural } from "../../common/counts.ts";
import type { Result } from "../engine.ts";
import { flatTexts, type FormatOptions, type Out } from "./json.ts";
import { cutTo, padTo, printable, widthOf } from "./width.ts";

/** The row limit of this format; other formats print all rows. */
const SHOWN_ROWS = 40;
/** The minimum column width. Narrower columns would cut numbers and dates. */
const NARROWEST = 8;
/** The extra width of each column, and of the end of the table. */
const FRAME = { column: 3, end: 1 } as const;

/** Fits as many of the first columns as possible; the widest columns shrink first. */
export function fitWidths(natural: readonly number[], available: number): number[] {
  const frame = (columns: number) => columns * FRAME.column + FRAME.end;
  const least = natural.map((width) => Math.min(width, NARROWEST));
  let columns = natural.length;
  const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0);
  while (columns > 1 && total(least.slice(0, columns)) + frame(columns) > available) columns--;
  const room = available - frame(columns);
  const kept = natural.slice(0, columns);
  let cap = Math.max(...kept, 0);
  while (cap > NARROWEST && total(kept.map((width) => Math.min(width, cap))) > room) cap--;
  const widths = kept.map((width) => Math.min(width, cap));
  for (let left = room - total(widths), index = 0; left > 0 && index < columns; index++) {
    const more = Math.min(left, 1, (natural[index] ?? 0) - (widths[index] ?? 0));
    widths[index] = (widths[index] ?? 0) + more;
    left -= more;
  }
  return widths;
}

/** Describes the omitted rows and columns, and how to see them. */
function footer(
  result: Result,
  { rows, columns, atPrompt }: { rows: number; columns: number; atPrompt: boolean },
): string {
  const total = plural(result.rowCount, "row");
  const hiddenRows = result.rowCount - rows;
  const hiddenColumns = result.columns.length - columns;
  if (hiddenRows === 0 && hiddenColumns === 0) return `${total}\n`;
  const hidden = [
    hiddenRows > 0 ? `${number(hiddenRows)} of ${total}` : "",
    hiddenColumns > 0 ? `${hiddenColumns} of ${result.columns.length} columns` : "",
  ].filter((part) => part !== "").join(" and ");
  const mode = atPrompt ? ".mode" : "the format";
  const shows = hiddenColumns > 0 ? "line shows all, one column a line" : "csv shows all";
  return `${hidden} not shown; ${mode} ${shows}\n`;
}

/** Writes the first `SHOWN_ROWS` rows and the number of remaining rows. */
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
