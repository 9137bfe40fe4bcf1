// Reads local pages: saved files, parts of them, streams, synthetic pages.
import { SourceError } from "../../common/errors.ts";
import { isSystemFault, systemReason } from "../../common/system_fault.ts";
import type { SavedFile } from "../pages/documents.ts";
import type { LocalPage } from "../pages/pages.ts";
import { decodeSaved, toUtf8 } from "../text/encoding.ts";
import { groupsOf } from "./groups.ts";
import { FileMemory } from "./memory.ts";

type UnlandedPage = Exclude<LocalPage, { readonly kind: "landed" }>;

async function orSourceError<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    throw new SourceError(`Cannot read ${path}: ${systemReason(cause)}`, { step: "source", cause });
  }
}

/** Reads a file as UTF-8; throws a `SourceError` that names the file. */
async function readBytes(path: string, memory: FileMemory): Promise<Uint8Array<ArrayBuffer>> {
  return toUtf8(await orSourceError(path, () => memory.read(path)), path);
}

/** Reads the text of a saved file; throws a `SourceError` that names the file. */
export async function readSaved(path: string): Promise<string> {
  return decodeSaved(await readBytes(path, new FileMemory()), path);
}

/** Reads files or parts of them; each is valid until the next is read. */
export async function* readLocal(
  page: UnlandedPage,
  memory = new FileMemory(),
): AsyncGenerator<SavedFile, void> {
  const { label } = page;
  switch (page.kind) {
    case "file":
      return yield { label, bytes: await readBytes(page.path, memory), inside: page.inside };
    case "part": {
      const { path, place: { line, column }, inList, inside } = page;
      const bytes = await orSourceError(path, () => memory.readRange(path, page));
      const place = () => ({ line, column: inList ? column - 1 : column });
      return yield { label, bytes, place, inside };
    }
    case "stream":
      for await (const { bytes, number, place, inList } of groupsOf(page.open())) {
        yield {
          bytes,
          label: number === 1 ? label : `${label}#${number}`,
          place: () => inList ? { line: place.line, column: place.column - 1 } : place,
          inside: page.inside,
        };
      }
      return;
    case "synthetic": {
      // Imported on demand, since its lists of names load slowly.
      const { syntheticPage } = await import("../synthetic/mod.ts");
      yield { label, bytes: new TextEncoder().encode(syntheticPage(page.request)) };
    }
  }
}
