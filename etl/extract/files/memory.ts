// Reads files into the same buffer, one after the other.
import { SourceError } from "../../common/errors.ts";
import { ByteBuffer } from "../../common/utf8.ts";
import type { FileRange } from "../pages/pages.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The buffer grows by so many bytes at once, or files that differ a little would each need another. */
const ROOM = 1 << 20;

const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];

/** A buffer that is reused, however many files there are. */
export class FileMemory {
  /** Where the lines of a landed page are put together. */
  readonly lines = new ByteBuffer();
  #memory = new Uint8Array(0);

  #makeRoom(size: number): void {
    // A byte more than there is: the end is seen only where there is room for more.
    if (size >= this.#memory.length) this.#memory = new Uint8Array(size + ROOM);
  }

  /** The bytes of a file; good until the next is read. */
  async read(path: string): Promise<Bytes> {
    using file = await Deno.open(path);
    this.#makeRoom((await file.stat()).size);
    let end = 0;
    for (let read; (read = await file.read(this.#memory.subarray(end))) !== null;) {
      end += read;
      // A pipe does not say its size.
      if (end === this.#memory.length) {
        this.#memory = new Uint8Array(this.#memory.buffer.transfer(end * 2));
      }
    }
    return this.#memory.subarray(0, end);
  }

  /** The bytes of a part of a file, values of a list as a list; good until the next is read. */
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

  /** Whether some bytes are in this buffer, and not in one of their own. */
  holds({ buffer }: Uint8Array): boolean {
    return buffer === this.#memory.buffer;
  }
}
