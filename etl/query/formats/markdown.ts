// Writes rows as a Markdown table with numbers aligned right.
import type { Result } from "../result.ts";
import type { Out } from "./out.ts";
import { flatText } from "./json.ts";

/** Escapes characters that would end the cell or become markup. */
function markdownText(text: string | null): string {
  return text === null
    ? "NULL"
    : text.replace(/[\\|`*_<>[\]]/g, "\\$&").replace(/\r?\n|\r/g, "<br>");
}

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;

export async function writeMarkdown({ columns, batches }: Result, out: Out): Promise<void> {
  out(line(columns.map(({ name }) => markdownText(name))));
  out(line(columns.map(({ type }) => type.kind === "number" ? "---:" : "---")));
  for await (const rows of batches()) {
    const lines = rows.map((row) =>
      line(columns.map(({ type }, index) => markdownText(flatText(row[index] ?? null, type))))
    );
    out(lines.join(""));
  }
}
