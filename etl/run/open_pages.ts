// Opens local pages of any kind: the envelope is validated, people are read lazily.
import type { ApiVersion } from "../../schema/mod.ts";
import { readLanded } from "../extract/landed/landed_pages.ts";
import { decodeSaved } from "../extract/text/encoding.ts";
import { readLocal } from "../extract/files/local.ts";
import type { FileMemory } from "../extract/files/memory.ts";
import { sha256 } from "../common/sha256.ts";
import { documentsIn } from "../extract/pages/documents.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { digestOf } from "../extract/pages/repeat.ts";
import { openDocument, type OpenOptions, openSavedPages } from "../extract/pages/saved_page.ts";

/** A page whose envelope is valid. */
export interface OpenPage {
  readonly label: string;
  readonly version: ApiVersion;
  /** Where the page names it. */
  readonly seed: string | undefined;
  /** Where the page names it. */
  readonly page: number | undefined;
  /** Parsed, or as `OpenOptions` say; can be read once, before the next page. */
  readonly people: Iterable<unknown>;
  /** Identifies the page where a run must not have two alike. */
  readonly digest?: string | undefined;
}

interface OpenPagesOptions extends OpenOptions {
  /** Reused for whole files; otherwise each has its own buffer. */
  readonly memory?: FileMemory;
}

/** Throws a `SourceError` where a page cannot be read or fails a rule. */
export async function* openPages(
  page: LocalPage,
  { memory, scanner }: OpenPagesOptions = {},
): AsyncGenerator<OpenPage, void> {
  if (page.kind !== "landed") {
    for await (const file of readLocal(page, memory)) {
      yield* openSavedPages({ ...file, scanner });
      // Gives the memory back without waiting for the garbage collector.
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

/** A page or consecutive people, valid until the next is read. */
export interface PageDocument {
  readonly label: string;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  /** Opens it. A failure is of this document alone. */
  readonly open: () => Iterable<Pick<OpenPage, "version" | "page" | "people">>;
}

/** The documents of a local page. Throws a `SourceError` where one cannot be read. */
export async function* pageDocuments(
  page: LocalPage,
  { memory, scanner }: OpenPagesOptions,
): AsyncGenerator<PageDocument, void> {
  if (page.kind === "landed") {
    for await (const one of readLanded(page, { scanner, lines: memory?.lines })) {
      yield { label: one.label, digest: sha256(one.bytes), open: () => [one] };
    }
    return;
  }
  for await (const file of readLocal(page, memory)) {
    for (const document of documentsIn(file)) {
      const { label, bytes } = document;
      yield { label, digest: sha256(bytes), open: () => openDocument({ ...document, scanner }) };
    }
    if (page.kind !== "stream" && !memory?.holds(file.bytes)) file.bytes.buffer.transfer(0);
  }
}

/** A page, or consecutive people, as text. */
export interface PageText {
  readonly label: string;
  readonly text: string;
}

/** The pages without validation. Throws a `SourceError` where one cannot be read. */
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
