// Reads files into one reused buffer.
import { SourceError } from "../../common/errors.ts";
import { ByteBuffer } from "../../common/utf8.ts";
import type { FileRange } from "../pages/pages.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Extra bytes of the buffer, so that slightly larger files need no new one. */
const ROOM = 1 << 20;

const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];

/** A reused buffer for files. */
export class FileMemory {
  /** The buffer for the lines of a landed page. */
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
    this.#memory[0] = OPEN_LIST;
    this.#memory[end] = CLOSE_LIST;
    return this.#memory.subarray(0, end + 1);
  }

  /** Whether bytes are in this buffer. */
  holds({ buffer }: Uint8Array): boolean {
    return buffer === this.#memory.buffer;
  }
}
