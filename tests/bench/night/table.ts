// What a night takes, as Markdown: each step beside its yardstick, and why where it takes long.

/** What was measured of a program. */
interface Figures {
  readonly seconds: number;
  readonly megabytes: number;
}

/** A step of the night, measured. */
export interface Row {
  readonly step: string;
  readonly debr: Figures;
  /** What does the same work, or the part of it that nobody can leave out. */
  readonly yardstick: Figures & { readonly name: string };
  /** Why it takes what it takes; said where it is over a limit. */
  readonly why?: string | undefined;
}

/** How often its yardstick's time a step may take without an explanation. */
export const MOST_TIMES = 2;

/** The share of the night that a step may take without an explanation. */
export const MOST_SHARE = 0.1;

function ratioOf({ debr, yardstick }: Row): number {
  return debr.seconds / yardstick.seconds;
}

/** Which limits a step is over, as text; `undefined` where none. */
export function excess(row: Row, total: number): string | undefined {
  const share = row.debr.seconds / total;
  const said = [
    ...(ratioOf(row) > MOST_TIMES ? [`${ratioOf(row).toFixed(1)} times its yardstick`] : []),
    ...(share > MOST_SHARE ? [`${Math.round(share * 100)}% of the night`] : []),
  ];
  return said.length === 0 ? undefined : said.join(" and ");
}

/** The table, and a sentence for each step over a limit. */
export function nightTable(rows: readonly Row[]): string {
  const total = rows.reduce((sum, { debr }) => sum + debr.seconds, 0);
  const lines = rows.map((row) => {
    const { step, debr, yardstick } = row;
    const share = `${(debr.seconds / total * 100).toFixed(0)}%`;
    const cells = [debr.seconds.toFixed(1), debr.megabytes.toFixed(0), share];
    const beside = [yardstick.name, yardstick.seconds.toFixed(1), yardstick.megabytes.toFixed(0)];
    const all = [step, ...cells, ...beside, ratioOf(row).toFixed(2)];
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
