// Opens local pages, whichever kind they are: the envelope is judged, the people are read as they
// are asked for.
import type { ApiVersion } from "../../schema/mod.ts";
import { readLanded } from "../extract/landed/landed_pages.ts";
import { decodeSaved } from "../extract/text/encoding.ts";
import { readLocal } from "../extract/files/local.ts";
import type { FileMemory } from "../extract/files/memory.ts";
import { documentsIn } from "../extract/pages/documents.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { digestOf } from "../extract/pages/repeat.ts";
import { type OpenOptions, openSavedPages } from "../extract/pages/saved_page.ts";

/** A page that is what it says. */
export interface OpenPage {
  readonly label: string;
  readonly version: ApiVersion;
  /** Its seed, where it says so. */
  readonly seed: string | undefined;
  /** Its number, from 1, where it says so. */
  readonly page: number | undefined;
  /** The people, parsed or as `OpenOptions` say; can be read once, before the next page. */
  readonly people: Iterable<unknown>;
  /** What tells it from other pages, where no two of a run may be alike. */
  readonly digest?: string | undefined;
}

/** How pages are opened. */
interface OpenPagesOptions extends OpenOptions {
  /** Where files are read into that are read whole; by default each has memory of its own. */
  readonly memory?: FileMemory;
}

/**
 * Opens the pages of a local one. Throws a `SourceError` where one cannot be read or fails a rule.
 */
export async function* openPages(
  page: LocalPage,
  { memory, scanner }: OpenPagesOptions = {},
): AsyncGenerator<OpenPage, void> {
  if (page.kind !== "landed") {
    for await (const file of readLocal(page, memory)) {
      yield* openSavedPages({ ...file, scanner });
      // Gives the memory back now and not when garbage is collected, pages later.
      if (page.kind !== "stream" && !memory?.holds(file.bytes)) file.bytes.buffer.transfer(0);
    }
    return;
  }
  for await (
    const { first, source, seed, ...opened } of readLanded(page, { scanner, lines: memory?.lines })
  ) {
    const digest = source === "api" ? digestOf([first]) : undefined;
    yield { ...opened, seed: seed ?? undefined, digest };
  }
}

/** A page, or people in a row, as text. */
export interface PageText {
  readonly label: string;
  readonly text: string;
}

/** The pages of a local one as they are, not judged. Throws a `SourceError` where one cannot be read. */
export async function* pageTexts(page: LocalPage): AsyncGenerator<PageText, void> {
  if (page.kind !== "landed") {
    for await (const file of readLocal(page)) {
      for (const { label, bytes } of documentsIn(file)) {
        yield { label, text: decodeSaved(bytes, label) };
      }
    }
    return;
  }
  for await (const { label, people, seed, version, page: number, results } of readLanded(page)) {
    const info = { seed: seed ?? "", results, page: number, version };
    yield { label, text: JSON.stringify({ results: [...people], info }) };
  }
}
