// Judges saved pages and their people by expectations, before they become tables.
import { sha256 } from "../../common/sha256.ts";
import { PageError } from "../../extract/pages/page.ts";
import { checkSavedPage } from "../../extract/pages/saved_body.ts";
import type { Expectation } from "./expectation.ts";
import { judgeCounts, type Outcome } from "./outcome.ts";
import { type FoundText, lastWritten, readPageFiles } from "./page_files.ts";
import { startJudging } from "./page_judges.ts";
import type { Judging } from "./page_rules.ts";
import type { Judged, Surroundings } from "./surroundings.ts";

interface Damaged {
  readonly count: number;
  readonly sample: readonly Readonly<Record<string, string>>[];
}

const SAMPLE = 3;

/** Passes one page to its judges. Throws a `PageError` where it is no page. */
function look(
  { label, text }: Pick<Required<FoundText>, "label" | "text">,
  { pages, people }: { readonly pages: readonly Judging[]; readonly people: readonly Judging[] },
): number {
  const { page, version, people: found } = checkSavedPage(text, { label });
  const record = { page, version, people: found.length, digest: sha256(text) };
  for (const judging of pages) judging.add({ record, version, at: { page: label } });
  for (const [row, person] of found.entries()) {
    const at = { page: label, row: String(row) };
    for (const judging of people) judging.add({ record: person, version, at });
  }
  return found.length;
}

/** Judged by the outcome of reading. */
function intact(expectation: Expectation, rows: number, { count, sample }: Damaged): Outcome {
  const judged = judgeCounts(expectation, { total: rows, failed: count });
  return count > 0 ? { ...judged, sample } : judged;
}

/**
 * Outcomes are in the order of the expectations. Rejects with a `SourceError` where a file cannot
 * be read.
 */
export async function judgePages(
  expectations: readonly Expectation[],
  { files, path, signal, ...around }: Omit<Surroundings, "written"> & {
    readonly files: readonly string[];
    /** Dotted path to the people in each file or line. */
    readonly path?: string | undefined;
    readonly signal?: AbortSignal;
  },
): Promise<Judged<Outcome>> {
  const surroundings = { ...around, written: () => lastWritten(files) };
  const all = expectations.map((expectation) => startJudging(expectation, surroundings));
  const about = (table: string) => all.filter(({ expectation }) => expectation.table === table);
  const judging = { pages: about("pages"), people: about("people") };
  const rows = { pages: 0, people: 0 };
  const damaged = { count: 0, sample: [] as Record<string, string>[] };
  const damage = (page: string, rule: string) => {
    damaged.count++;
    if (damaged.sample.length < SAMPLE) damaged.sample.push({ page, rule });
  };
  for await (const { label, text, rule = "encoding" } of readPageFiles(files, { path })) {
    signal?.throwIfAborted();
    rows.pages++;
    try {
      if (text === undefined) damage(label, rule);
      else rows.people += look({ label, text }, judging);
    } catch (error) {
      if (!(error instanceof PageError)) throw error;
      damage(label, error.rule);
    }
  }
  const outcomes: Outcome[] = [];
  for (const { expectation, done } of all) {
    const count = expectation.table === "pages" ? rows.pages : rows.people;
    outcomes.push(
      expectation.rule.kind === "intact"
        ? intact(expectation, rows.pages, damaged)
        : await done(count),
    );
  }
  const profile = Object.fromEntries(
    all.flatMap(({ expectation: { table, rule }, distribution }) =>
      distribution && "column" in rule ? [[`${table}.${rule.column}`, { ...distribution }]] : []
    ),
  );
  return { outcomes, rows, profile };
}
