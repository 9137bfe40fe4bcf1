// The figures of a night as Markdown: each step with its yardstick, and explanations of slow steps.

/** Time and memory of a program. */
interface Figures {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The figures of one step. */
export interface Row {
  readonly step: string;
  readonly debr: Figures;
  /** A program that does the same work, or the part of it that is always needed. */
  readonly yardstick: Figures & { readonly name: string };
  /** Explains the time; printed if the step is over a limit. */
  readonly why?: string | undefined;
}

/** A step that takes more times its yardstick needs an explanation. */
export const MOST_TIMES = 2;

/** A step that takes a larger share of the night needs an explanation. */
export const MOST_SHARE = 0.1;

function ratioOf({ debr, yardstick }: Row): number {
  return debr.seconds / yardstick.seconds;
}

/** Describes the limits that a step exceeds; `undefined` if none. */
export function excess(row: Row, total: number): string | undefined {
  const share = row.debr.seconds / total;
  const limits = [
    ...(ratioOf(row) > MOST_TIMES ? [`${ratioOf(row).toFixed(1)} times its yardstick`] : []),
    ...(share > MOST_SHARE ? [`${Math.round(share * 100)}% of the night`] : []),
  ];
  return limits.length === 0 ? undefined : limits.join(" and ");
}

/** Returns the table and a sentence for each step over a limit. */
export function nightTable(rows: readonly Row[]): string {
  const total = rows.reduce((sum, { debr }) => sum + debr.seconds, 0);
  const lines = rows.map((row) => {
    const { step, debr, yardstick } = row;
    const share = `${(debr.seconds / total * 100).toFixed(0)}%`;
    const cells = [debr.seconds.toFixed(1), debr.megabytes.toFixed(0), share];
    const baseline = [yardstick.name, yardstick.seconds.toFixed(1), yardstick.megabytes.toFixed(0)];
    const all = [step, ...cells, ...baseline, ratioOf(row).toFixed(2)];
    return `| ${all.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  const notes = rows.flatMap((row) => {
    const over = excess(row, total);
    return over === undefined ? [] : [`- ${row.step}: ${over}. ${row.why ?? "Not explained."}`];
  });
  return [
    "| step | seconds | peak MB | of the night | yardstick | seconds | peak MB | ratio |",
    "| --- | --: | --: | --: | --- | --: | --: | --: |",
    ...lines,
    `| all | ${total.toFixed(1)} | | 100% | | | | |`,
    ...(notes.length === 0 ? [] : [
      "",
      `Steps that take more than ${MOST_TIMES} times their yardstick or ${MOST_SHARE * 100}% of ` +
      "the night:",
      "",
      ...notes,
    ]),
  ].join("\n");
}
