// Opens local pages of any kind: validates the envelope and reads people lazily.
import type { ApiVersion } from "../../schema/mod.ts";
import { readLanded } from "../extract/landed/landed_pages.ts";
import { decodeSaved } from "../extract/text/encoding.ts";
import { type FileMemory, readLocal } from "../extract/files/local.ts";
import { sha256 } from "../common/sha256.ts";
import { documentsIn } from "../extract/pages/documents.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { digestOf } from "../extract/pages/api_page.ts";
import { openDocument, type OpenOptions, openSavedPages } from "../extract/pages/saved_page.ts";

/** A page with a valid envelope. */
export interface OpenPage {
  readonly label: string;
  readonly version: ApiVersion;
  /** The seed, if the page names it. */
  readonly seed: string | undefined;
  /** The number, if the page names it. */
  readonly page: number | undefined;
  /** The people, parsed or scanned; can be read once, before the next page. */
  readonly people: Iterable<unknown>;
  /** Identifies a page that must not repeat in a run. */
  readonly digest?: string | undefined;
}

interface OpenPagesOptions extends OpenOptions {
  /** The reused buffer for whole files; without it each file has its own. */
  readonly memory?: FileMemory;
}

/** Opens a page; throws a `SourceError` if it cannot be read or fails a rule. */
export async function* openPages(
  page: LocalPage,
  { memory, scanner }: OpenPagesOptions = {},
): AsyncGenerator<OpenPage, void> {
  if (page.kind !== "landed") {
    for await (const file of readLocal(page, memory)) {
      yield* openSavedPages({ ...file, scanner });
      // Frees the memory without waiting for the garbage collector.
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

/** A page or consecutive people; valid until the next is read. */
export interface PageDocument {
  readonly label: string;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  /** Opens it; a failure affects only this document. */
  readonly open: () => Iterable<Pick<OpenPage, "version" | "page" | "people">>;
}

/** Reads the documents of a local page; throws a `SourceError` if one cannot be read. */
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

/** Reads the pages without validation; throws a `SourceError` if one cannot be read. */
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
