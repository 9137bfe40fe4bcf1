/**
 * Finds people who come more than once, from sorted ids alone: bucket by bucket over all files, in
 * memory that does not grow with the people.
 *
 * @module
 */
import { encodeIds, readIds, readOffsets, readRange } from "./ids.ts";

/** Ids in one bucket, about: some 10 MB while it is looked through. */
const BUCKET_IDS = 1 << 18;

/** Positions in a file of sorted ids, one bit each. */
export class Positions {
  readonly #words: Uint32Array;
  #size = 0;

  constructor(rows: number) {
    this.#words = new Uint32Array(Math.ceil(rows / 32));
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  add(position: number): void {
    if (this.has(position)) return;
    this.#words[position >>> 5]! |= 1 << (position & 31);
    this.#size++;
  }

  has(position: number): boolean {
    return (this.#words[position >>> 5]! >>> (position & 31) & 1) === 1;
  }
}

/** Sorted ids of people who may be added. */
export interface Candidates {
  /** Path of the ids. */
  readonly ids: string;
  /** Path of the ranks: of several copies the lowest is kept, of equal ones the earlier. */
  readonly ranks?: string;
}

/** Whom the candidates of one file are to be left without. */
export interface LeftOut {
  /** Their positions in the file. */
  readonly positions: Positions;
  /** How many of them are elsewhere, and how many are on the list of forgotten people. */
  repeated: number;
  forgotten: number;
}

/** Sorted ids that candidates stand back for. */
export interface Settled {
  /** Paths of those of people who are there already. */
  readonly present?: readonly string[];
  /** Those of people who must not be there. */
  readonly forgotten?: Uint8Array | undefined;
}

interface Indexed {
  readonly offsets: Uint32Array;
  /** The ids from a position up to and without another. */
  readonly read: (range: { readonly start: number; readonly end: number }) => Uint8Array;
}

function index(path: string): Indexed {
  return { offsets: readOffsets(path), read: (range) => readIds(path, range) };
}

function indexIds(ids: Uint8Array): Indexed {
  const offsets = new Uint32Array(encodeIds(ids).buffer, 0, 257);
  // A copy, since words of 32 bits begin at every fourth byte of memory.
  return { offsets, read: ({ start, end }) => ids.slice(start * 16, end * 16) };
}

interface Range {
  /** First bytes, from the first up to and without the second. */
  readonly from: number;
  readonly to: number;
}

function words({ read, offsets }: Indexed, { from, to }: Range): Uint32Array {
  return new Uint32Array(read({ start: offsets[from]!, end: offsets[to]! }).buffer);
}

/** The candidates of one bucket, hashed by id: the kept copy of each is in the table. */
class Bucket {
  readonly #ids: Uint32Array;
  readonly #ranks: Float64Array;
  readonly #file: Uint32Array;
  /** Position in its file. */
  readonly #position: Uint32Array;
  /** Index of a candidate plus one; 0 where free. A power of two, at most half full. */
  readonly #table: Int32Array;
  #count = 0;

  constructor(room: number) {
    this.#ids = new Uint32Array(room * 4);
    this.#ranks = new Float64Array(room);
    this.#file = new Uint32Array(room);
    this.#position = new Uint32Array(room);
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(room * 2 + 2)));
  }

  /** The slot of an id: the one that holds it, else the free one where it belongs. */
  #slot(ids: Uint32Array, at: number): number {
    const mask = this.#table.length - 1;
    const mine = this.#ids;
    // The last 32 bits of an id are as random as any.
    for (let slot = ids[at + 3]! & mask;; slot = slot + 1 & mask) {
      const held = (this.#table[slot]! - 1) * 4;
      if (held < 0) return slot;
      if (
        mine[held] === ids[at] && mine[held + 1] === ids[at + 1] &&
        mine[held + 2] === ids[at + 2] && mine[held + 3] === ids[at + 3]
      ) return slot;
    }
  }

  /** Adds the ids of one file; answers each copy that gives way to another. */
  *add(
    ids: Uint32Array,
    { file, start, ranks }: { file: number; start: number; ranks: Float64Array | undefined },
  ): Generator<{ file: number; position: number }> {
    this.#ids.set(ids, this.#count * 4);
    for (let row = 0; row < ids.length / 4; row++) {
      const mine = this.#count++;
      this.#file[mine] = file;
      this.#position[mine] = start + row;
      this.#ranks[mine] = ranks?.[row] ?? 0;
      const slot = this.#slot(ids, row * 4);
      const held = this.#table[slot]! - 1;
      if (held < 0) this.#table[slot] = mine + 1;
      else if (this.#ranks[mine]! < this.#ranks[held]!) {
        this.#table[slot] = mine + 1;
        yield this.#at(held);
      } else yield this.#at(mine);
    }
  }

  /** Looks up ids; answers the kept copy of each that is here. */
  *find(ids: Uint32Array): Generator<{ file: number; position: number }> {
    for (let at = 0; at < ids.length; at += 4) {
      const held = this.#table[this.#slot(ids, at)]! - 1;
      if (held >= 0) yield this.#at(held);
    }
  }

  #at(index: number): { file: number; position: number } {
    return { file: this.#file[index]!, position: this.#position[index]! };
  }
}

function readRanks(path: string, { start, end }: { start: number; end: number }): Float64Array {
  return new Float64Array(readRange(path, { at: start * 8, length: (end - start) * 8 }).buffer);
}

/** How many first bytes make a bucket of about {@link BUCKET_IDS}. */
function bucketWidth(files: readonly Indexed[]): number {
  const total = files.reduce((sum, { offsets }) => sum + offsets[256]!, 0);
  return Math.max(1, Math.min(256, Math.floor(256 * BUCKET_IDS / (total + 1))));
}

/**
 * Finds whom of the candidates to leave out so that each person is there once: those who are there
 * already or forgotten, and all copies but one.
 *
 * @returns by position in `candidates`; files that all can be taken from are not in it.
 */
export function findRepeated(
  candidates: readonly Candidates[],
  { present = [], forgotten }: Settled = {},
): Map<number, LeftOut> {
  const files = candidates.map(({ ids, ranks }) => ({ ...index(ids), ranks }));
  const there = present.map(index);
  const gone = forgotten && indexIds(forgotten);
  const found = new Map<number, LeftOut>();
  const leave = (
    { file, position }: { file: number; position: number },
    why: "repeated" | "forgotten",
  ) => {
    let left = found.get(file);
    if (left === undefined) {
      const positions = new Positions(files[file]!.offsets[256]!);
      found.set(file, left = { positions, repeated: 0, forgotten: 0 });
    }
    // Who is forgotten and yet present would be found twice.
    if (left.positions.has(position)) return;
    left.positions.add(position);
    left[why]++;
  };
  const width = bucketWidth(files);
  for (let from = 0; from < 256; from += width) {
    const range = { from, to: Math.min(256, from + width) };
    const room = files.reduce((sum, { offsets }) => sum + offsets[range.to]! - offsets[from]!, 0);
    if (room === 0) continue;
    const bucket = new Bucket(room);
    for (const [file, { ranks: path, ...indexed }] of files.entries()) {
      const [start, end] = [indexed.offsets[from]!, indexed.offsets[range.to]!];
      const ranks = path === undefined ? undefined : readRanks(path, { start, end });
      for (const copy of bucket.add(words(indexed, range), { file, start, ranks })) {
        leave(copy, "repeated");
      }
    }
    if (gone) { for (const copy of bucket.find(words(gone, range))) leave(copy, "forgotten"); }
    for (const file of there) {
      for (const copy of bucket.find(words(file, range))) leave(copy, "repeated");
    }
  }
  return found;
}
