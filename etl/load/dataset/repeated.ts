// Finds people who come more than once, from sorted ids alone: bucket by bucket over all files, in
// memory that does not grow with the people.
import { encodeIds, FrontToBack, SortedIds } from "./ids.ts";
import type { Checksum } from "./intact.ts";

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
interface Candidates {
  readonly ids: IdsFile;
  /** The ranks: of several copies the lowest is kept, of equal ones the earlier. */
  readonly ranks?: IdsFile;
}

/** A file of sorted ids, or of what goes with them. */
export interface IdsFile {
  readonly path: string;
  /** What must be in it; unknown only of what is being verified. */
  readonly checksum?: Checksum | undefined;
}

/** Whom the candidates of one file are to be left without. */
interface LeftOut {
  /** Their positions in the file. */
  readonly positions: Positions;
  /** How many of them are elsewhere, and how many are on the list of forgotten people. */
  repeated: number;
  forgotten: number;
}

/** Sorted ids that candidates stand back for. */
interface Settled {
  /** Those of people who are there already. */
  readonly present?: readonly IdsFile[];
  /** Those of people who must not be there. */
  readonly forgotten?: Uint8Array | undefined;
}

interface Range {
  /** First bytes, from the first up to and without the second. */
  readonly from: number;
  readonly to: number;
}

/** The ids of a list in memory, range by range. */
function inRange(ids: Uint8Array): (range: Range) => Uint32Array {
  const offsets = new Uint32Array(encodeIds(ids).buffer, 0, 257);
  // A copy, since words of 32 bits begin at every fourth byte of memory.
  return ({ from, to }) =>
    new Uint32Array(ids.slice(offsets[from]! * 16, offsets[to]! * 16).buffer);
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

/** How many first bytes make a bucket of about {@link BUCKET_IDS}. */
function bucketWidth(files: readonly { readonly ids: SortedIds }[]): number {
  const total = files.reduce((sum, { ids }) => sum + ids.rows, 0);
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
  const files = candidates.map(({ ids, ranks }) => ({
    ids: new SortedIds(ids.path, ids.checksum),
    ranks: ranks && new FrontToBack(ranks.path, ranks.checksum),
  }));
  const there = present.map(({ path, checksum }) => new SortedIds(path, checksum));
  const gone = forgotten && inRange(forgotten);
  const found = new Map<number, LeftOut>();
  const leave = (
    { file, position }: { file: number; position: number },
    why: "repeated" | "forgotten",
  ) => {
    let left = found.get(file);
    if (left === undefined) {
      const positions = new Positions(files[file]!.ids.rows);
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
    const room = files.reduce(
      (sum, { ids: { offsets } }) => sum + offsets[range.to]! - offsets[from]!,
      0,
    );
    const bucket = new Bucket(room);
    for (const [file, { ids, ranks }] of files.entries()) {
      const start = ids.offsets[from]!;
      const words = ids.next(range);
      const ranked = ranks && new Float64Array(ranks.read(words.length * 2).buffer);
      for (const copy of bucket.add(words, { file, start, ranks: ranked })) leave(copy, "repeated");
    }
    if (gone) { for (const copy of bucket.find(gone(range))) leave(copy, "forgotten"); }
    for (const file of there) {
      for (const copy of bucket.find(file.next(range))) leave(copy, "repeated");
    }
  }
  for (const { ids, ranks } of files) {
    ids.finish();
    ranks?.finish();
  }
  for (const file of there) file.finish();
  return found;
}
