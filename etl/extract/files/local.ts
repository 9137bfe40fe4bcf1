import { SourceError } from "../../common/errors.ts";
import { isSystemFault, systemReason } from "../../common/system_fault.ts";
import { ByteBuffer } from "../../common/utf8.ts";
import type { SavedFile } from "../pages/documents.ts";
import type { FileRange, LocalPage } from "../pages/pages.ts";
import { decodeSaved, toUtf8 } from "../text/encoding.ts";
import { inBrackets } from "../text/values.ts";
import { groupsOf } from "./groups.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Extra bytes of the buffer, so that slightly larger files need no new one. */
const ROOM = 1 << 20;

export class FileMemory {
  readonly lines = new ByteBuffer();
  #memory = new Uint8Array(0);

  #makeRoom(size: number): void {
    // A spare byte: a read reports the end of a file only if the buffer has room for more.
    if (size >= this.#memory.length) this.#memory = new Uint8Array(size + ROOM);
  }

  /** Reads a file; its bytes are valid until the next read. */
  async read(path: string): Promise<Bytes> {
    using file = await Deno.open(path);
    this.#makeRoom((await file.stat()).size);
    let end = 0;
    for (let read; (read = await file.read(this.#memory.subarray(end))) !== null;) {
      end += read;
      // A pipe has no known size.
      if (end === this.#memory.length) {
        this.#memory = new Uint8Array(this.#memory.buffer.transfer(end * 2));
      }
    }
    return this.#memory.subarray(0, end);
  }

  /** Reads part of a file, with brackets around values of a list; valid until the next read. */
  async readRange(path: string, { from, to, inList }: FileRange): Promise<Bytes> {
    using file = await Deno.open(path);
    await file.seek(from, Deno.SeekMode.Start);
    this.#makeRoom(to - from + 2);
    const end = to - from + 1;
    for (let at = 1; at < end;) {
      const read = await file.read(this.#memory.subarray(at, end));
      if (read === null) {
        throw new SourceError(`Cannot read ${path}: it has become shorter`, { step: "source" });
      }
      at += read;
    }
    if (!inList) return this.#memory.subarray(1, end);
    inBrackets(this.#memory.subarray(0, end + 1));
    return this.#memory.subarray(0, end + 1);
  }

  holds({ buffer }: Uint8Array): boolean {
    return buffer === this.#memory.buffer;
  }
}

async function orSourceError<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    throw new SourceError(`Cannot read ${path}: ${systemReason(cause)}`, { step: "source", cause });
  }
}

async function readBytes(path: string, memory: FileMemory): Promise<Bytes> {
  return toUtf8(await orSourceError(path, () => memory.read(path)), path);
}

export async function readSaved(path: string): Promise<string> {
  return decodeSaved(await readBytes(path, new FileMemory()), path);
}

/** Reads files or parts of them; each is valid until the next is read. */
export async function* readLocal(
  page: Exclude<LocalPage, { readonly kind: "landed" }>,
  memory = new FileMemory(),
): AsyncGenerator<SavedFile, void> {
  const { label } = page;
  switch (page.kind) {
    case "file":
      return yield { label, bytes: await readBytes(page.path, memory), inside: page.inside };
    case "part": {
      const { path, place, inside } = page;
      const bytes = await orSourceError(path, () => memory.readRange(path, page));
      return yield { label, bytes, place: () => place, inside };
    }
    case "stream":
      for await (const { bytes, number, place } of groupsOf(page.open())) {
        const own = number === 1 ? label : `${label}#${number}`;
        yield { label: own, bytes, place: () => place, inside: page.inside };
      }
      return;
    case "synthetic": {
      // Imported on demand, since its lists of names load slowly.
      const { syntheticPage } = await import("../synthetic/mod.ts");
      yield { label, bytes: new TextEncoder().encode(syntheticPage(page.request)) };
    }
  }
}
