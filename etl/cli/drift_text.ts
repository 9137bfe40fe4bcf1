import { type Difference, DIFFERENCES } from "../quality/drift/mod.ts";
import { nextText } from "./next_steps.ts";
import { cutTo, padTo, printable, widthOf } from "../query/formats/width.ts";

export interface DriftResult {
  /** A database without its password, pages, or a folder. */
  readonly what: string;
  readonly with: string;
  readonly differences: readonly Difference[];
  /** What could not be compared, in sentences. */
  readonly notes: readonly string[];
}

const NOT_A_TERMINAL = { terminal: false } as const;

/** Conditions and comments are long; below and in JSON they are not cut. */
const WIDEST = 60;

const HEADS = ["", "place", "difference", "expected", "found"] as const;

function table(differences: readonly Difference[]): string[] {
  const rows = differences.map(({ kind, place, expected, found }, at) =>
    [String(at + 1), place, DIFFERENCES[kind], expected, found].map((text, column) =>
      // It may end in a path that a person must be able to open.
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

/** A table of differences, then what to do about each. */
export function driftText({ what, with: other, differences, notes }: DriftResult): string {
  const count = differences.length;
  const found = count === 0
    ? "no difference"
    : count === 1
    ? "1 difference"
    : `${count} differences`;
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
  return JSON.stringify({ compared: what, with: other, differences, notes }) + "\n";
}
