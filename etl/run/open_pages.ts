// Only this file imports the byte scanner.
import { type LandedPage, readLanded } from "../extract/landed/landed_pages.ts";
import { decodeSaved } from "../extract/text/encoding.ts";
import { type FileMemory, readLocal } from "../extract/files/local.ts";
import { unless } from "../common/missing.ts";
import { sha256 } from "../common/sha256.ts";
import { documentsIn } from "../extract/pages/documents.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { digestOf } from "../extract/pages/api_page.ts";
import {
  openDocument,
  type OpenOptions,
  openSavedPages,
  type SavedPage,
} from "../extract/pages/saved_page.ts";

export interface OpenPage extends SavedPage {
  /** Identifies a page that must not repeat in a run. */
  readonly digest?: string | undefined;
}

/** Loads the scanner; `undefined` if its folder is missing, and then all people are parsed. */
export async function findScanner(): Promise<OpenOptions["scanner"]> {
  const isMissing = (error: unknown) =>
    (error as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND";
  const scan = await unless(isMissing, import("../transform/validate/fast/scan.ts"));
  return scan && ((bytes, version) => new scan.PersonScanner(bytes, version));
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
  /** The SHA-256 of its bytes. */
  readonly digest: () => string;
  /** Opens it; a failure affects only this document. */
  readonly open: () => Iterable<Pick<OpenPage, "version" | "page" | "people">>;
  readonly text: () => string;
}

function landedText({ people, seed, version, page, results }: LandedPage): string {
  const info = { seed: seed ?? "", results, page, version };
  return JSON.stringify({ results: [...people], info });
}

export async function* pageDocuments(
  page: LocalPage,
  { memory, scanner }: OpenPagesOptions = {},
): AsyncGenerator<PageDocument, void> {
  if (page.kind === "landed") {
    for await (const one of readLanded(page, { scanner, lines: memory?.lines })) {
      const digest = () => sha256(one.bytes);
      yield { label: one.label, digest, open: () => [one], text: () => landedText(one) };
    }
    return;
  }
  for await (const file of readLocal(page, memory)) {
    for (const document of documentsIn(file)) {
      const { label, bytes } = document;
      yield {
        label,
        digest: () => sha256(bytes),
        open: () => openDocument({ ...document, scanner }),
        text: () => decodeSaved(bytes, label),
      };
    }
    if (page.kind !== "stream" && !memory?.holds(file.bytes)) file.bytes.buffer.transfer(0);
  }
}
