// The sorted ids of a part: 257 offsets by first byte, then 16 bytes for each id.
import { Buffer } from "node:buffer";
import { plural } from "../../common/counts.ts";
import { isSystemFault } from "../../common/system_fault.ts";
import {
  type Checksum,
  DamagedFileError,
  requireSame,
  RunningChecksum,
  unreadable,
} from "./intact.ts";

export { sortIds } from "../../transform/normalise/mod.ts";

const ID = 16;

const HEADER = 257 * 4;

export function idsSize(rows: number): number {
  return HEADER + rows * ID;
}

export function encodeIds(ids: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER + ids.length);
  const header = new DataView(file.buffer);
  file.set(ids, HEADER);
  let at = 0;
  for (let first = 0; first <= 256; first++) {
    while (at < ids.length && (ids[at] ?? 0) < first) at += ID;
    header.setUint32(first * 4, at / ID, true);
  }
  return file;
}

export function decodeIds(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return file.subarray(HEADER);
}

/** Joins lists: the ids are ascending and unique. */
export function joinIds(...lists: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const keys = [...new Set(lists.flatMap(idKeys))].sort();
  const ids = new Uint8Array(keys.length * ID);
  for (const [row, key] of keys.entries()) {
    for (let at = 0; at < ID; at++) ids[row * ID + at] = key.charCodeAt(at);
  }
  return ids;
}

/** Returns the bytes of an id as 16 characters. */
export function idKey(bytes: Uint8Array, row: number): string {
  const at = row * ID;
  return String.fromCharCode(...bytes.subarray(at, at + ID));
}

export function idKeys(ids: Uint8Array): string[] {
  return Array.from({ length: ids.length / ID }, (_, row) => idKey(ids, row));
}

export function idAt(ids: Uint8Array, row: number): Uint8Array {
  return ids.subarray(row * ID, row * ID + ID);
}

function readRange(
  path: string,
  { at, length }: { at: number; length: number },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  try {
    using file = Deno.openSync(path, { read: true });
    file.seekSync(at, Deno.SeekMode.Start);
    for (let read = 0; read < length;) {
      const count = file.readSync(bytes.subarray(read));
      if (count === null) throw new RangeError(`ends after ${plural(at + read, "byte")}`);
      read += count;
    }
  } catch (cause) {
    if (isSystemFault(cause)) throw unreadable(path, cause);
    if (!(cause instanceof RangeError)) throw cause;
    throw new DamagedFileError(path, { what: cause.message, cause });
  }
  return bytes;
}

/** Reads a file sequentially and verifies its checksum at the end. */
export class FrontToBack {
  readonly #read = new RunningChecksum();

  readonly path: string;
  readonly expected: Checksum | undefined;

  constructor(path: string, expected: Checksum | undefined) {
    this.path = path;
    this.expected = expected;
  }

  read(length: number): Uint8Array<ArrayBuffer> {
    const bytes = readRange(this.path, { at: this.#read.bytes, length });
    this.#read.add(bytes);
    return bytes;
  }

  finish(): void {
    if (this.expected !== undefined) requireSame(this.path, this.expected, this.#read.finish());
  }
}

export class SortedIds extends FrontToBack {
  readonly offsets: Uint32Array<ArrayBuffer>;

  constructor(path: string, expected?: Checksum) {
    super(path, expected);
    this.offsets = new Uint32Array(this.read(HEADER).buffer);
    const ascend = this.offsets.every((count, first) => count >= (this.offsets[first - 1] ?? 0));
    // Wrong offsets could request too much memory.
    if (ascend && (expected?.bytes ?? idsSize(this.rows)) === idsSize(this.rows)) return;
    throw new DamagedFileError(path, { what: "has an index that does not match its ids" });
  }

  get rows(): number {
    return this.offsets[256]!;
  }

  /** Reads the ids with a first byte in [from, to), as 32-bit words. */
  next({ from, to }: { from: number; to: number }): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.read((this.offsets[to]! - this.offsets[from]!) * ID).buffer);
  }
}

/** Returns the position of an id in sorted ids by binary search; -1 if it is absent. */
export function searchIds(ids: Uint8Array, id: Uint8Array): number {
  let low = 0;
  let high = ids.length / ID - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = Buffer.compare(idAt(ids, middle), id);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function findId(path: string, id: Uint8Array): number {
  const first = id[0] ?? 0;
  const offsets = new Uint32Array(readRange(path, { at: 0, length: HEADER }).buffer);
  const [start, end] = [offsets[first]!, offsets[first + 1]!];
  const ids = readRange(path, { at: HEADER + start * ID, length: (end - start) * ID });
  const found = searchIds(ids, id);
  return found === -1 ? -1 : start + found;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function parseId(text: string): Uint8Array<ArrayBuffer> | undefined {
  return UUID.test(text) ? Uint8Array.fromHex(text.replaceAll("-", "")) : undefined;
}
