/**
 * Opens local pages, whichever kind they are: the envelope is judged, the people are read as they
 * are asked for.
 *
 * @module
 */
import type { ApiVersion } from "../../schema/mod.ts";
import { readLanded } from "../extract/files/landed.ts";
import { readLocalBytes } from "../extract/files/local.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import type { FileMemory } from "../extract/files/saved.ts";
import { digestOf } from "../extract/pages/repeat.ts";
import { type OpenOptions, openSavedPages } from "../extract/pages/saved_page.ts";

/** A page that is what it says. */
export interface OpenPage {
  readonly label: string;
  readonly version: ApiVersion;
  /** Its seed, where it says so. */
  readonly seed: string | undefined;
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
 * Opens a local page, or all pages of a landed file. Throws a `SourceError` where one cannot be read
 * or fails a rule.
 */
export async function* openPages(
  page: LocalPage,
  { memory, ...options }: OpenPagesOptions = {},
): AsyncGenerator<OpenPage, void> {
  if (page.kind !== "landed") {
    const bytes = await readLocalBytes(page, memory);
    yield* openSavedPages(bytes, { label: page.label, ...options });
    // Gives the memory back now and not when garbage is collected, pages later.
    if (!memory?.holds(bytes)) bytes.buffer.transfer(0);
    return;
  }
  for await (const { label, version, seed, people, source } of readLanded(page)) {
    const digest = source === "api" ? digestOf(people) : undefined;
    yield { label, version, seed: seed ?? undefined, people, digest };
  }
}
