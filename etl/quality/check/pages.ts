import { SourceError } from "../../common/errors.ts";
import { lastWritten } from "../../common/missing.ts";
import { FileMemory } from "../../extract/files/local.ts";
import {
  filePages as savedPages,
  type SavedOptions,
  stdinPage,
} from "../../extract/files/saved.ts";
import { type LandedFile, landedFile } from "../../extract/landed/landed.ts";
import { peekLanded } from "../../extract/landed/landed_pages.ts";
import { missingPages, pagesText } from "../../extract/landed/landed_source.ts";
import { PageError } from "../../extract/pages/page.ts";
import type { LocalPage } from "../../extract/pages/pages.ts";
import type { OpenOptions } from "../../extract/pages/saved_page.ts";
import { DamagedFileError } from "../../extract/text/encoding.ts";
import { findScanner, type PageDocument, pageDocuments } from "../../run/mod.ts";
import type { Expectation } from "./expectation.ts";
import { evaluateCounts, type Evaluated, SAMPLE_ROWS, type Surroundings } from "./outcome.ts";
import { startEvaluating } from "./page_evaluators.ts";
import { asksFields, type Evaluation } from "./page_rules.ts";

interface NoPage {
  readonly label: string;
  readonly rule: string;
}

/** Yields the pages of a file; reading stops at damage. */
async function* filePages(
  pages: readonly LocalPage[],
  { rule, label, opening }: NoPage & {
    readonly opening: OpenOptions & { readonly memory: FileMemory };
  },
): AsyncGenerator<PageDocument | NoPage, void> {
  try {
    for (const page of pages) yield* pageDocuments(page, opening);
  } catch (error) {
    if (!(error instanceof (rule === "landed" ? SourceError : DamagedFileError))) throw error;
    yield { label, rule };
  }
}

/** Yields the missing pages of a set of landed files. */
async function* missing(files: readonly LandedFile[]): AsyncGenerator<NoPage, void> {
  const sorted = files.toSorted((a, b) => a.from - b.from);
  for (const file of sorted) {
    // Damage is reported later, when the file is read.
    const first = await peekLanded(file).catch(() => undefined);
    if (first === undefined) continue;
    for (const range of missingPages(sorted, first.pages)) {
      yield { label: `${pagesText(range)} of ${first.pages}`, rule: "missing" };
    }
    return;
  }
}

/** Yields all pages. Rejects with a `SourceError` that names an unreadable file. */
async function* readPageFiles(
  files: readonly string[],
  { path: inside, input, scanner }: SavedOptions & OpenOptions = {},
): AsyncGenerator<PageDocument | NoPage> {
  const opening = { scanner, memory: new FileMemory() };
  yield* missing(files.flatMap((path) => landedFile(path) ?? []));
  for (const path of files) {
    const landed = landedFile(path);
    const pages: readonly LocalPage[] = landed
      ? [{ kind: "landed", label: path, ...landed }]
      : await savedPages(path, { path: inside });
    yield* filePages(pages, { label: path, rule: landed ? "landed" : "encoding", opening });
  }
  if (input === undefined) return;
  const page = stdinPage({ path: inside, input });
  yield* filePages([page], { label: page.label, rule: "encoding", opening });
}

interface Looking {
  readonly pages: readonly Evaluation[];
  readonly people: readonly Evaluation[];
  readonly rows: { pages: number; people: number };
}

/** Adds a page to the expectations. Throws a `SourceError` if it is not a page. */
function look({ label, open, ...document }: PageDocument, looking: Looking): void {
  const { pages, people, rows } = looking;
  const digest = document.digest();
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

function ruleOf(error: SourceError): string {
  if (error instanceof PageError) return error.rule;
  return error instanceof DamagedFileError ? "encoding" : "landed";
}

/** Returns outcomes in the expectations' order. Rejects with a `SourceError` for a bad file. */
export async function checkPages(
  expectations: readonly Expectation[],
  { files, path, input, signal, ...around }: Omit<Surroundings, "written"> & SavedOptions & {
    readonly files: readonly string[];
    readonly signal?: AbortSignal;
  },
): Promise<Evaluated> {
  const surroundings = { ...around, written: () => lastWritten(files) };
  const all = expectations.map((expectation) => startEvaluating(expectation, surroundings));
  const about = (table: string) => all.filter(({ expectation }) => expectation.table === table);
  const rows = { pages: 0, people: 0 };
  const looking = { pages: about("pages"), people: about("people"), rows };
  // Valid people need no object unless an expectation reads fields that tables lack.
  const plain = looking.people.every(({ expectation }) => asksFields(expectation));
  const scanner = plain ? await findScanner() : undefined;
  const damaged: { page: string; rule: string }[] = [];
  for await (const page of readPageFiles(files, { path, input, scanner })) {
    signal?.throwIfAborted();
    rows.pages++;
    try {
      if ("rule" in page) damaged.push({ page: page.label, rule: page.rule });
      else look(page, looking);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      damaged.push({ page: page.label, rule: ruleOf(error) });
    }
  }
  const sample = damaged.slice(0, SAMPLE_ROWS);
  const outcomes = await Array.fromAsync(all, ({ expectation, done }) => {
    const { table, rule } = expectation;
    return rule.kind === "intact"
      ? evaluateCounts(expectation, { total: rows.pages, failed: damaged.length, sample })
      : done(table === "pages" ? rows.pages : rows.people);
  });
  const profile = Object.fromEntries(
    all.flatMap(({ expectation: { table, rule }, distribution }) =>
      distribution && "column" in rule ? [[`${table}.${rule.column}`, { ...distribution }]] : []
    ),
  );
  return { outcomes, rows, profile };
}
