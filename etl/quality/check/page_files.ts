// The pages in saved and landed files, one text at a time; missing and damaged pages are reported
// too.
import { SourceError } from "../../common/errors.ts";
import { isSystemFault } from "../../common/system_fault.ts";
import { DamagedFileError } from "../../extract/text/encoding.ts";
import { type LandedFile, landedFile } from "../../extract/landed/landed.ts";
import { peekLanded } from "../../extract/landed/landed_pages.ts";
import { missingPages } from "../../extract/landed/landed_source.ts";
import { filePages, type SavedOptions } from "../../extract/files/saved.ts";
import type { LocalPage } from "../../extract/pages/pages.ts";
import { pageTexts } from "../../run/mod.ts";

/** A page or consecutive people, not yet parsed. */
export interface FoundText {
  /** The path, and the number of the value where the file has several. */
  readonly label: string;
  /** Missing where nothing readable is there. */
  readonly text?: string;
  /** Why there is no text. */
  readonly rule?: string;
}

async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (isSystemFault(error)) return undefined;
    throw error;
  }
}

/** When the latest file was written, in milliseconds since 1970. */
export async function lastWritten(files: readonly string[]): Promise<number | undefined> {
  const times = await Promise.all(files.map(async (path) => (await statOf(path))?.mtime));
  const known = times.flatMap((time) => time ? [time.getTime()] : []);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** The pages of a file; reading ends at damage. */
async function* fileTexts(
  pages: readonly LocalPage[],
  damaged: Required<Pick<FoundText, "label" | "rule">>,
): AsyncGenerator<FoundText, void> {
  const isLanded = damaged.rule === "landed";
  try {
    for (const page of pages) yield* pageTexts(page);
  } catch (error) {
    if (!(error instanceof (isLanded ? SourceError : DamagedFileError))) throw error;
    yield damaged;
  }
}

/** The pages that landed files together lack. */
async function* missingTexts(files: readonly LandedFile[]): AsyncGenerator<FoundText, void> {
  const sorted = [...files].sort((a, b) => a.from - b.from);
  for (const file of sorted) {
    // Damage is found when the file is read.
    const first = await peekLanded(file).catch(() => undefined);
    if (first === undefined) continue;
    for (const range of missingPages(sorted, first.pages)) {
      yield { label: `pages ${range} of ${first.pages}`, rule: "missing" };
    }
    return;
  }
}

/** Rejects with a `SourceError` that names a file that cannot be read. */
export async function* readPageFiles(
  files: readonly string[],
  { path: inside }: Pick<SavedOptions, "path"> = {},
): AsyncGenerator<FoundText> {
  yield* missingTexts(files.flatMap((path) => landedFile(path) ?? []));
  for (const path of files) {
    const landed = landedFile(path);
    if (landed === undefined) {
      const pages = await filePages(path, { path: inside });
      yield* fileTexts(pages, { label: path, rule: "encoding" });
    } else {
      yield* fileTexts([{ kind: "landed", label: path, ...landed }], {
        label: path,
        rule: "landed",
      });
    }
  }
}
