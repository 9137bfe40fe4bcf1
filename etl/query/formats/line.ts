// Writes rows with one column a line, for rows that are wider than the screen.
import type { Result } from "../result.ts";
import type { Out } from "./out.ts";
import { flatText } from "./json.ts";
import { padTo, printable, widthOf } from "./width.ts";

/** Writes all rows, separated by empty lines. */
export async function writeLines({ columns, batches }: Result, out: Out): Promise<void> {
  const names = columns.map(({ name }) => printable(name));
  const width = Math.max(...names.map(widthOf));
  let separator = "";
  for await (const rows of batches()) {
    const written = rows.map((row) =>
      columns.map(({ type }, index) => {
        const name = padTo(names[index]!, { width, right: true });
        return `${name} = ${printable(flatText(row[index] ?? null, type) ?? "NULL")}\n`;
      }).join("")
    );
    out(separator + written.join("\n"));
    separator = "\n";
  }
}
