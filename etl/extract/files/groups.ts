// Cuts a byte stream into groups of values, each a page or consecutive people, in constant memory.
import { RUN_PEOPLE } from "../pages/documents.ts";
import { type Place, placeAfter, START } from "../text/json_fault.ts";
import { inBrackets, ValueReader } from "../text/values.ts";

interface Group {
  /** A page, consecutive people, or a list of people; valid until the next group is read. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offsets in the stream. */
  readonly from: number;
  readonly to: number;
  /** Whether the values are from a list; `bytes` then has brackets around them. */
  readonly inList: boolean;
  /** `number` is the position of the first value in the stream, from 1. */
  readonly number: number;
  readonly count: number;
  readonly place: Place;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Number of the list in the stream, 0 for none. */
  readonly list: number;
}

/** Bytes to read before an incomplete value is scanned again. */
const STEP = 1 << 18;

const RUN_BYTES = 8 << 20;

class Pending {
  /** The buffer; its first byte is room for a bracket. */
  #memory = new Uint8Array(2 * STEP);
  #length = 0;
  /** Offset of the first byte, its line and column, and the number of its value. */
  #offset = 0;
  #place = START;
  #number = 1;
  #run: Run | undefined;
  readonly #reader = new ValueReader();
  #enough = STEP;

  add(chunk: Uint8Array): boolean {
    const length = this.#length + chunk.length;
    if (length + 2 > this.#memory.length) {
      this.#memory = new Uint8Array(this.#memory.buffer.transfer(2 * length + 2));
    }
    this.#memory.set(chunk, this.#length + 1);
    this.#length = length;
    return length >= this.#enough;
  }

  *groups(): Generator<Group, void> {
    const bytes = this.#memory.subarray(1, this.#length + 1);
    for (let value; (value = this.#reader.next(bytes)) !== undefined;) {
      const list = this.#reader.inList ? this.#reader.lists : 0;
      if (value.isPage || list !== this.#run?.list) yield* this.flush();
      const { from = value.from, count: before = 0 } = this.#run ?? {};
      const { to } = value;
      const count = before + 1;
      this.#run = { from, to, count, list };
      const isFull = count >= RUN_PEOPLE || to - from >= RUN_BYTES;
      if (value.isPage || isFull) yield* this.flush();
    }
    this.#drop();
    this.#enough = this.#length + Math.max(STEP, this.#length - this.#reader.at);
  }

  *flush(): Generator<Group, void> {
    if (this.#run === undefined) return;
    const { from, to, count, list } = this.#run;
    this.#run = undefined;
    yield* this.#group({ from, to, count, inList: list > 0 && count > 0 });
  }

  /** Yields the rest at the end of the stream: an incomplete value, an open list, or nothing. */
  *rest(): Generator<Group, void> {
    yield* this.flush();
    const { at, inList, lists } = this.#reader;
    const isEmpty = lists === 0 && this.#number === 1;
    if (at === this.#length && !inList && !isEmpty) return;
    // An open list starts again with a bracket before its next value, so that it stays open.
    const from = inList ? at - 1 : at;
    if (inList) this.#memory[at] = 0x5b;
    yield* this.#group({ from, to: this.#length, count: 1, inList: false });
  }

  *#group({ from, to, count, inList }: Omit<Run, "list"> & { inList: boolean }): Generator<Group> {
    const { line, column } = placeAfter(this.#memory.subarray(1, from + 1), this.#place);
    // The text of a list begins with the bracket, one byte earlier.
    const place = { line, column: inList ? column - 1 : column };
    const at = { from: this.#offset + from, to: this.#offset + to };
    const number = this.#number;
    this.#number += count;
    const bytes = this.#memory.subarray(inList ? from : from + 1, inList ? to + 2 : to + 1);
    using _list = inList ? inBrackets(bytes) : undefined;
    yield { bytes, ...at, inList, number, count, place };
  }

  #drop(): void {
    const end = this.#run?.from ?? this.#reader.at;
    if (2 * end < this.#length) return;
    this.#place = placeAfter(this.#memory.subarray(1, end + 1), this.#place);
    this.#memory.copyWithin(1, end + 1, this.#length + 1);
    this.#offset += end;
    this.#length -= end;
    this.#reader.at -= end;
    if (this.#run) this.#run = { ...this.#run, from: 0, to: this.#run.to - end };
  }
}

/** Cuts a stream into groups; if the stream is not JSON, the last group is not JSON either. */
export async function* groupsOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Group, void> {
  const pending = new Pending();
  for await (const chunk of stream) if (pending.add(chunk)) yield* pending.groups();
  yield* pending.groups();
  yield* pending.rest();
}
