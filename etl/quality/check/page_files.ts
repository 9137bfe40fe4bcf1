// Reads the pages in saved and landed files one at a time, and reports missing and damaged pages.
import { SourceError } from "../../common/errors.ts";
import { statOf } from "../../common/missing.ts";
import { DamagedFileError } from "../../extract/text/encoding.ts";
import { type LandedFile, landedFile } from "../../extract/landed/landed.ts";
import { peekLanded } from "../../extract/landed/landed_pages.ts";
import { missingPages } from "../../extract/landed/landed_source.ts";
import {
  filePages as savedPages,
  type SavedOptions,
  stdinPage,
} from "../../extract/files/saved.ts";
import type { LocalPage } from "../../extract/pages/pages.ts";
import { FileMemory } from "../../extract/files/local.ts";
import { type PageDocument, pageDocuments } from "../../run/mod.ts";
import type { OpenOptions } from "../../extract/pages/saved_page.ts";

/** A missing or damaged page, and the rule that it breaks. */
interface NoPage {
  readonly label: string;
  readonly rule: string;
}

/** Returns the time of the latest write, in milliseconds since 1970. */
export async function lastWritten(files: readonly string[]): Promise<number | undefined> {
  const times = await Promise.all(files.map(async (path) => (await statOf(path))?.mtime));
  const known = times.flatMap((time) => time ? [time.getTime()] : []);
  return known.length === 0 ? undefined : Math.max(...known);
}

type Opening = OpenOptions & { readonly memory: FileMemory };

/** Yields the pages of a file; reading stops at damage. */
async function* filePages(
  pages: readonly LocalPage[],
  { rule, label, opening }: NoPage & { readonly opening: Opening },
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
  const sorted = [...files].sort((a, b) => a.from - b.from);
  for (const file of sorted) {
    // Damage is reported later, when the file is read.
    const first = await peekLanded(file).catch(() => undefined);
    if (first === undefined) continue;
    for (const range of missingPages(sorted, first.pages)) {
      yield { label: `pages ${range} of ${first.pages}`, rule: "missing" };
    }
    return;
  }
}

/** Yields all pages. Rejects with a `SourceError` that names an unreadable file. */
export async function* readPageFiles(
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
