// Validates saved pages and their people before they become tables.
import { SourceError } from "../../common/errors.ts";
import { PageError } from "../../extract/pages/page.ts";
import { DamagedFileError } from "../../extract/text/encoding.ts";
import { findScanner, type PageDocument } from "../../run/mod.ts";
import type { Expectation } from "./expectation.ts";
import { evaluateCounts, type Outcome } from "./outcome.ts";
import type { SavedOptions } from "../../extract/files/saved.ts";
import { lastWritten, readPageFiles } from "./page_files.ts";
import { startEvaluating } from "./page_evaluators.ts";
import { asksFields, type Evaluation } from "./page_rules.ts";
import type { Evaluated, Surroundings } from "./surroundings.ts";

interface Damaged {
  readonly count: number;
  readonly sample: readonly Readonly<Record<string, string>>[];
}

const SAMPLE = 3;

interface Looking {
  readonly pages: readonly Evaluation[];
  readonly people: readonly Evaluation[];
  /** Counts of the records read so far. */
  readonly rows: { pages: number; people: number };
}

/** Adds a page to the expectations. Throws a `SourceError` if it is not a page. */
function look({ label, digest, open }: PageDocument, { pages, people, rows }: Looking): void {
  for (const { page, version, people: found } of open()) {
    let row = 0;
    for (const record of found) {
      const at = { page: label, row: String(row++) };
      for (const evaluating of people) evaluating.add({ record, version, at });
      rows.people++;
    }
    const record = { page, version, people: row, digest };
    for (const evaluating of pages) evaluating.add({ record, version, at: { page: label } });
  }
}

/** Returns the rule that an unreadable page breaks. */
function ruleOf(error: SourceError): string {
  if (error instanceof PageError) return error.rule;
  return error instanceof DamagedFileError ? "encoding" : "landed";
}

/** Returns the outcome for damaged and missing pages. */
function intact(expectation: Expectation, rows: number, { count, sample }: Damaged): Outcome {
  const evaluated = evaluateCounts(expectation, { total: rows, failed: count });
  return count > 0 ? { ...evaluated, sample } : evaluated;
}

/**
 * Checks pages and returns outcomes in the order of the expectations. Rejects with a `SourceError`
 * if a file cannot be read.
 */
export async function checkPages(
  expectations: readonly Expectation[],
  { files, path, input, signal, ...around }: Omit<Surroundings, "written"> & SavedOptions & {
    readonly files: readonly string[];
    readonly signal?: AbortSignal;
  },
): Promise<Evaluated<Outcome>> {
  const surroundings = { ...around, written: () => lastWritten(files) };
  const all = expectations.map((expectation) => startEvaluating(expectation, surroundings));
  const about = (table: string) => all.filter(({ expectation }) => expectation.table === table);
  const rows = { pages: 0, people: 0 };
  const looking = { pages: about("pages"), people: about("people"), rows };
  // Valid people need no object unless an expectation reads fields that tables lack.
  const plain = looking.people.every(({ expectation }) => asksFields(expectation));
  const scanner = plain ? await findScanner() : undefined;
  const damaged = { count: 0, sample: [] as Record<string, string>[] };
  const damage = (page: string, rule: string) => {
    damaged.count++;
    if (damaged.sample.length < SAMPLE) damaged.sample.push({ page, rule });
  };
  for await (const page of readPageFiles(files, { path, input, scanner })) {
    signal?.throwIfAborted();
    rows.pages++;
    try {
      if ("rule" in page) damage(page.label, page.rule);
      else look(page, looking);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      damage(page.label, ruleOf(error));
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
