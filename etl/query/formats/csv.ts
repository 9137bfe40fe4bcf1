// Rows as CSV by RFC 4180, with line feeds. NULL is nothing between the commas, an empty text is
// `""`.
import type { Result } from "../result.ts";
import type { Out } from "./out.ts";
import { flatText } from "./json.ts";

function csvField(text: string | null): string {
  if (text === null) return "";
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes a line of names, then one line a row. */
export async function writeCsv({ columns, batches }: Result, out: Out): Promise<void> {
  out(`${columns.map(({ name }) => csvField(name)).join(",")}\n`);
  for await (const rows of batches()) {
    const lines = rows.map((row) =>
      columns.map(({ type }, index) => csvField(flatText(row[index] ?? null, type))).join(",")
    );
    out(`${lines.join("\n")}\n`);
  }
}
