// Finds repeated people in files of sorted ids, bucket by bucket, in constant memory.
import { IdColumn } from "../../transform/normalise/mod.ts";
import { encodeIds, FrontToBack, SortedIds } from "./ids.ts";
import type { Checksum } from "./intact.ts";

/** Ids in a bucket, which takes about 10 MB. */
const BUCKET_IDS = 1 << 18;

export class Positions {
  readonly #words: Uint32Array;
  #size = 0;

  constructor(rows: number) {
    this.#words = new Uint32Array(Math.ceil(rows / 32));
  }

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

export interface IdsFile {
  readonly path: string;
  readonly checksum?: Checksum | undefined;
}

interface Exclusions {
  readonly positions: Positions;
  /** Counts by reason: in another file, or on the list of forgotten people. */
  repeated: number;
  forgotten: number;
}

interface Copy {
  readonly file: number;
  readonly position: number;
}

function inRange(ids: Uint8Array): (range: { from: number; to: number }) => Uint32Array {
  const offsets = new Uint32Array(encodeIds(ids).buffer, 0, 257);
  // Copies the bytes, because 32-bit words must be aligned.
  return ({ from, to }) =>
    new Uint32Array(ids.slice(offsets[from]! * 16, offsets[to]! * 16).buffer);
}

class Bucket {
  readonly #ids: IdColumn;
  readonly #ranks: Float64Array;
  readonly #file: Uint32Array;
  readonly #position: Uint32Array;

  constructor(room: number) {
    this.#ids = new IdColumn(room);
    this.#ranks = new Float64Array(room);
    this.#file = new Uint32Array(room);
    this.#position = new Uint32Array(room);
  }

  /** Adds the ids of one file and yields each copy that is not kept. */
  *add(
    ids: Uint32Array,
    { file, start, ranks }: { file: number; start: number; ranks: Float64Array | undefined },
  ): Generator<Copy> {
    for (let at = 0; at < ids.length / 4; at++) {
      const rank = ranks?.[at] ?? 0;
      const held = this.#ids.add(ids, at * 4);
      if (held >= 0 && rank >= this.#ranks[held]!) {
        yield { file, position: start + at };
        continue;
      }
      if (held >= 0) yield this.#at(held);
      const row = held >= 0 ? held : this.#ids.length - 1;
      this.#ranks[row] = rank;
      this.#file[row] = file;
      this.#position[row] = start + at;
    }
  }

  *find(ids: Uint32Array): Generator<Copy> {
    for (let at = 0; at < ids.length; at += 4) {
      const held = this.#ids.find(ids, at);
      if (held >= 0) yield this.#at(held);
    }
  }

  #at(row: number): { file: number; position: number } {
    return { file: this.#file[row]!, position: this.#position[row]! };
  }
}

/** Returns the number of first bytes in a bucket of about {@link BUCKET_IDS} ids. */
function bucketWidth(files: readonly { readonly ids: SortedIds }[]): number {
  const total = files.reduce((sum, { ids }) => sum + ids.rows, 0);
  return Math.max(1, Math.min(256, Math.floor(256 * BUCKET_IDS / (total + 1))));
}

/** Finds all copies but the one of lowest rank, if equal the first, by index in `candidates`. */
export function findRepeated(
  candidates: readonly { readonly ids: IdsFile; readonly ranks?: IdsFile }[],
  { present = [], forgotten }: {
    present?: readonly IdsFile[];
    forgotten?: Uint8Array | undefined;
  } = {},
): Map<number, Exclusions> {
  const files = candidates.map(({ ids, ranks }) => ({
    ids: new SortedIds(ids.path, ids.checksum),
    ranks: ranks && new FrontToBack(ranks.path, ranks.checksum),
  }));
  const there = present.map(({ path, checksum }) => new SortedIds(path, checksum));
  const gone = forgotten && inRange(forgotten);
  const found = new Map<number, Exclusions>();
  const leave = ({ file, position }: Copy, why: "repeated" | "forgotten") => {
    let left = found.get(file);
    if (left === undefined) {
      const positions = new Positions(files[file]!.ids.rows);
      found.set(file, left = { positions, repeated: 0, forgotten: 0 });
    }
    // A person who is both forgotten and present is found twice.
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
    for (const copy of gone ? bucket.find(gone(range)) : []) leave(copy, "forgotten");
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
