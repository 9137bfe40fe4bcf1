// Writes the cookbook: questions with SQL, the output on the sample, plots, and the same in other
// programs.
import { pathOfUrl } from "../common/path.ts";
import { FORMATS, openDataset, type Question, QUESTIONS } from "../query/mod.ts";
import { lyingBars, pyramid, standingBars } from "../report/mod.ts";
import { notebook } from "./notebook.ts";

/** The dataset that the cookbook queries. It is committed, so the answers are always the same. */
const SAMPLE = "data/sample";
const ROOT = pathOfUrl(new URL("../../", import.meta.url));

type Dataset = Awaited<ReturnType<typeof openDataset>>;

/** Colours of a plot outside the report, where the page's variables are missing. */
const COLOURS: Readonly<Record<string, string>> = {
  "var(--accent)": "#0d6c67",
  "var(--quiet)": "#9aa6ad",
  "var(--rule)": "#e3e0d9",
  "var(--muted)": "#586269",
};

const HEAD = 'xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"';

const DRAW: Readonly<
  Record<NonNullable<Question["plot"]>, (rows: Numbers, label: string) => { readonly text: string }>
> = {
  bars: (rows, label) => lyingBars(bars(rows), { label, labelWidth: 104 }),
  columns: (rows, label) => standingBars(bars(rows), { label }),
  pyramid: (rows, label) =>
    pyramid(
      rows.map(([name, left = 0, right = 0]) => ({
        label: `${name}–${Number(name) + 9}`,
        left,
        right,
      })),
      { label, left: "women", right: "men" },
    ),
};

type Numbers = readonly (readonly [string, ...number[]])[];

const bars = (rows: Numbers) => rows.map(([label, value = 0]) => ({ label, value }));

function picture(rows: Numbers, { plot, title }: Question & { plot: keyof typeof DRAW }): string {
  const drawn = DRAW[plot](rows, title).text
    .replaceAll(/var\(--\w+\)/g, (name) => COLOURS[name] ?? name)
    .replace(
      /<svg (.*? viewBox="0 0 (\d+) (\d+(?:\.\d+)?)".*?)>/,
      `<svg ${HEAD} width="$2" height="$3" $1><rect width="100%" height="100%" fill="#fff"/>`,
    );
  return `${drawn}\n`;
}

async function answer(dataset: Dataset, question: Question) {
  const result = await dataset.query(question.sql);
  try {
    let printed = "";
    await FORMATS.table(result, (text) => void (printed += text));
    const { plot } = question;
    if (plot === undefined) return { printed };
    const rows = (await result.rows()).map(([name, ...values]) =>
      [String(name), ...values.map(Number)] as const
    );
    return { printed, svg: picture(rows as Numbers, { ...question, plot }) };
  } finally {
    await result.close();
  }
}

const fenced = (kind: string, text: string) => `\`\`\`${kind}\n${text.trimEnd()}\n\`\`\`\n`;

function sectionOf(question: Question, { printed, svg, file }: {
  readonly printed: string;
  readonly svg?: string | undefined;
  readonly file: string | undefined;
}): string {
  const { name, title, says, sql } = question;
  return [
    `## ${title}\n`,
    `${says}\n`,
    ...(file === undefined ? [] : [fenced("csv", file)]),
    fenced("sql", sql),
    fenced("text", printed),
    ...(svg === undefined ? [] : [`![${title}](cookbook/${name}.svg)\n`]),
  ].join("\n");
}

/** Builds the cookbook. The same tables give the same bytes. */
export async function cookbook(): Promise<Readonly<Record<string, string>>> {
  const own = QUESTIONS.flatMap(({ file }) => file === undefined ? [] : [`${ROOT}${file}`]);
  const dataset = await openDataset(`${ROOT}${SAMPLE}`, { files: own.map((path) => ({ path })) });
  const files: Record<string, string> = { "docs/cookbook.ipynb": notebook(QUESTIONS) };
  const sections: string[] = [];
  try {
    for (const question of QUESTIONS) {
      const found = await answer(dataset, question);
      if (found.svg) files[`docs/cookbook/${question.name}.svg`] = found.svg;
      const path = question.file && `${ROOT}${question.file}`;
      const file = path && await Deno.readTextFile(path);
      sections.push(sectionOf(question, { ...found, file }));
    }
  } finally {
    dataset.close();
  }
  const text = await Deno.readTextFile(pathOfUrl(new URL("cookbook.md", import.meta.url)));
  return {
    ...files,
    "docs/cookbook.md": text.replace("{{questions}}\n", () => sections.join("\n")),
  };
}
