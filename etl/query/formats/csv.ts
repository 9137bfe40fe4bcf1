// Writes rows as CSV (RFC 4180) with line feeds. NULL is an empty field; an empty text is `""`.
import type { Result } from "../result.ts";
import type { Out } from "./out.ts";
import { flatText } from "./json.ts";

function csvField(text: string | null): string {
  if (text === null) return "";
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes a header line, then one line for each row. */
export async function writeCsv({ columns, batches }: Result, out: Out): Promise<void> {
  out(`${columns.map(({ name }) => csvField(name)).join(",")}\n`);
  for await (const rows of batches()) {
    const lines = rows.map((row) =>
      columns.map(({ type }, index) => csvField(flatText(row[index] ?? null, type))).join(",")
    );
    out(`${lines.join("\n")}\n`);
  }
}
