import { plural } from "../common/counts.ts";
import { jsonLine } from "./command.ts";
import type { Difference } from "../quality/drift/difference.ts";
import { nextText } from "./next_steps.ts";
import { cutTo, padTo, printable, widthOf } from "../query/formats/width.ts";

export interface DriftResult {
  /** The subject: a database without its password, pages, or a folder. */
  readonly what: string;
  readonly with: string;
  readonly differences: readonly Difference[];
  /** Sentences about what could not be compared. */
  readonly notes: readonly string[];
}

const NOT_A_TERMINAL = { terminal: false } as const;

/** The width limit in the table. The list below it and JSON show the whole text. */
const WIDEST = 60;

const HEADS = ["", "place", "difference", "expected", "found"] as const;

function table(differences: readonly Difference[]): string[] {
  const rows = differences.map(({ kind, place, expected, found }, at) =>
    [String(at + 1), place, kind.replaceAll("_", " "), expected, found].map((text, column) =>
      // The last column may end in a path, which must stay complete.
      column === 4 ? printable(text) : cutTo(printable(text), WIDEST)
    )
  );
  const widths = HEADS.map((head, column) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[column] ?? "")))
  );
  return [HEADS, ...rows].map((row) =>
    row.map((text, column) => padTo(text, { width: widths[column] ?? 0, right: column === 0 }))
      .join("  ").trimEnd()
  );
}

/** Lists the differences in a table, then how to fix each. */
export function driftText({ what, with: other, differences, notes }: DriftResult): string {
  const count = differences.length;
  const found = count === 0 ? "no difference" : plural(count, "difference");
  const width = String(count).length;
  const lines = [
    `Compared ${what} with ${other}: ${found}`,
    ...(count === 0 ? [] : [
      "",
      ...table(differences),
      "",
      "What to do:",
      ...differences.map(({ sql = [], ...difference }, at) => {
        const next = nextText(difference.next, NOT_A_TERMINAL);
        const steps = [...(next === undefined ? [] : [next]), ...sql.map((one) => `${one};`)];
        return `${String(at + 1).padStart(width)}  ${printable(steps.join(" "))}`;
      }),
    ]),
    ...notes.map((note) => `\n${note}`),
  ];
  return lines.join("\n") + "\n";
}

export function driftJson({ what, with: other, notes, ...result }: DriftResult): string {
  const differences = result.differences.map((one) => ({
    ...one,
    next: nextText(one.next, NOT_A_TERMINAL),
  }));
  return jsonLine({ compared: what, with: other, differences, notes });
}
