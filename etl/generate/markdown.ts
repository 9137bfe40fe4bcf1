const escaped = (text: string) => text.replaceAll("|", "\\|");

export const code = (text: string) => text === "" ? "" : `\`${text}\``;

export const fenced = (kind: string, text: string) => `\`\`\`${kind}\n${text.trimEnd()}\n\`\`\`\n`;

/** Builds a table with padded columns, so that its source is readable too. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [head, ...rows].map((row) => row.map(escaped));
  const widths = head.map((_, at) => Math.max(...lines.map((row) => [...row[at] ?? ""].length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (row[at] ?? "").padEnd(width)).join(" | ")} |`;
  const [title, ...body] = lines.map(line);
  return [title, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}
