/**
 * Saved pages, one text at a time: `.json` files hold a page each, files that `land` wrote the pages
 * they are named after, other `.ndjson` files a page or a person a line; all may be compressed.
 *
 * @module
 */
import { SourceError } from "../../common/errors.ts";
import { isSystemFault } from "../../common/system_fault.ts";
import { DamagedFileError } from "../../extract/files/encoding.ts";
import { type LandedFile, landedFile, peekLanded, readLanded } from "../../extract/files/landed.ts";
import { missingPages } from "../../extract/files/landed_source.ts";
import { matching, readSaved } from "../../extract/files/saved.ts";

const FILE = /\.(nd)?json(\.gz)?$/;

/** A page, or a person of its own, not yet looked at. */
export interface PageText {
  /** Path, and line where the file has several. */
  readonly label: string;
  /** Missing where the bytes are no UTF-8, or no whole gzip, or where there is nothing. */
  readonly text?: string;
  /** Why there is no text, default `encoding`. */
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

/** The files at a path, in a folder or of a glob, by name. Rejects where there are none. */
export async function findPageFiles(spec: string): Promise<string[]> {
  const info = await statOf(spec);
  if (info?.isFile) return [spec];
  const pattern = info?.isDirectory ? `${spec.replace(/\/+$/, "")}/*` : spec;
  const files = (await matching(pattern)).filter((path) => FILE.test(path)).sort();
  if (files.length > 0) return files;
  throw new SourceError(`Cannot find saved pages at ${JSON.stringify(spec)}`, {
    step: "source",
    next: { code: "no_saved_pages" },
  });
}

/** When one of the files was last written, in milliseconds since 1970. */
export async function lastWritten(files: readonly string[]): Promise<number | undefined> {
  const times = await Promise.all(files.map(async (path) => (await statOf(path))?.mtime));
  const known = times.flatMap((time) => time ? [time.getTime()] : []);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** The text of a file; `undefined` where its bytes are no text, which is a fault of the data. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readSaved(path);
  } catch (error) {
    if (error instanceof DamagedFileError) return undefined;
    throw error;
  }
}

/** The pages of a landed file as texts; where it is damaged, no page any more. */
async function* landedTexts(file: LandedFile): AsyncGenerator<PageText, void> {
  try {
    for await (const { label, people, seed, version, page, results } of readLanded(file)) {
      const info = { seed: seed ?? "", results, page, version };
      yield { label, text: JSON.stringify({ results: people, info }) };
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    yield { label: file.path, rule: "landed" };
  }
}

/** The pages that landed files together lack. */
async function* missingTexts(files: readonly LandedFile[]): AsyncGenerator<PageText, void> {
  const sorted = [...files].sort((a, b) => a.from - b.from);
  for (const file of sorted) {
    // One that is damaged is found when it is read.
    const first = await peekLanded(file).catch(() => undefined);
    if (first === undefined) continue;
    for (const range of missingPages(sorted, first.pages)) {
      yield { label: `pages ${range} of ${first.pages}`, rule: "missing" };
    }
    return;
  }
}

/** The texts of the files. Rejects with a `SourceError` that names a file that cannot be read. */
export async function* readPageFiles(files: readonly string[]): AsyncGenerator<PageText> {
  yield* missingTexts(files.flatMap((path) => landedFile(path) ?? []));
  for (const path of files) {
    const landed = landedFile(path);
    if (landed !== undefined) {
      yield* landedTexts(landed);
      continue;
    }
    const text = await textOf(path);
    if (text === undefined || !/\.ndjson(\.gz)?$/.test(path)) {
      yield { label: path, ...(text !== undefined && { text }) };
      continue;
    }
    for (const [at, line] of text.split("\n").entries()) {
      if (line.trim() !== "") yield { label: `${path}:${at + 1}`, text: line };
    }
  }
}
