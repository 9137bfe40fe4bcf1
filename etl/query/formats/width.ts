// A joined character, such as a family emoji, is at most two columns wide.
import { unicodeWidth } from "@std/cli/unicode-width";

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Escapes control characters, which move the cursor, set colours or change the text direction. */
export function printable(text: string): string {
  return text.replace(CONTROL, (char) => {
    const known = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[char];
    return known ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += Math.min(2, unicodeWidth(segment));
  return width;
}

export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

export function padTo(text: string, { width, right }: { width: number; right: boolean }): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

/** Aligns the cells of rows in columns: column `right` to the right, the others to the left. */
export function alignedRows(rows: readonly (readonly string[])[], right: number): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ""))));
  const padded = (text: string, at: number) =>
    padTo(text, { width: widths?.[at] ?? 0, right: at === right });
  return rows.map((row) => row.map(padded).join("  ").trimEnd());
}
