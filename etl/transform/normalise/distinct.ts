// Distinct texts as UTF-8, numbered by first occurrence. A lookup compares bytes, not strings.
import { ByteBuffer, decodeUtf8, type Spans } from "../../common/utf8.ts";

/** Bytes of the length in front of each text. */
export const SIZE = 4;

const ROOM = 64;

/** A random seed per process, so that nobody can construct texts that collide. */
const [SEED = 0] = crypto.getRandomValues(new Int32Array(1));

/** Hashes a text four bytes at a time, since each multiplication waits for the one before. */
function hashOf({ bytes, view, starts, ends }: Spans, at: number): number {
  const end = ends[at]!;
  let from = starts[at]!;
  let hash = SEED ^ end - from;
  for (; from + 4 <= end; from += 4) {
    hash = Math.imul(hash ^ view.getInt32(from, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; from < end; from++) hash = Math.imul(hash ^ bytes[from]!, 0x85ebca6b);
  // Slots use the lower bits, which do not depend on the upper bits of a product.
  hash = Math.imul(hash ^ hash >>> 16, 0xc2b2ae35);
  return hash ^ hash >>> 13;
}

export class DistinctTexts {
  readonly #sized = new ByteBuffer();
  #count = 0;
  /** Offsets of the texts, and of the next text. */
  #starts = new Int32Array(ROOM + 1);
  #hashes = new Int32Array(ROOM);
  /** A hash table of numbers plus one, 0 is free; its size is a power of two, at most half full. */
  #slots = new Int32Array(ROOM * 2);

  constructor() {
    this.#starts[0] = SIZE;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#sized.clear();
    this.#slots.fill(0);
  }

  /** Texts, each after its 32-bit length, as in a Parquet dictionary; valid until one is added. */
  get sized(): Uint8Array<ArrayBuffer> {
    return this.#sized.written;
  }

  /** Returns the number of a text and adds a new one; -1 if there are more than `most`. */
  number(spans: Spans, at: number, most = Infinity): number {
    const hash = hashOf(spans, at);
    const slot = this.#slotOf(hash, spans, at);
    const known = this.#slots[slot]! - 1;
    if (known >= 0) return known;
    if (this.#count > most) return -1;
    const number = this.#count++;
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    this.#sized.sizedSpan(spans, at);
    this.#starts[number + 1] = this.#sized.size + SIZE;
    // The table has grown, so the slot has moved.
    this.#slots[this.#freeSlot(hash)] = number + 1;
    return number;
  }

  /** Where a text begins in {@link sized}. */
  start(number: number): number {
    return this.#starts[number]!;
  }

  sizedText(number: number): Uint8Array<ArrayBuffer> {
    return this.sized.subarray(this.#starts[number]! - SIZE, this.#starts[number + 1]! - SIZE);
  }

  bytes(number: number): Uint8Array<ArrayBuffer> {
    return this.sizedText(number).subarray(SIZE);
  }

  texts(): string[] {
    return Array.from({ length: this.#count }, (_, number) => decodeUtf8(this.bytes(number)));
  }

  #is(number: number, { bytes, view, starts, ends }: Spans, at: number): boolean {
    const start = this.#starts[number]!;
    const from = starts[at]!;
    const size = this.#starts[number + 1]! - SIZE - start;
    if (size !== Math.max(0, ends[at]! - from)) return false;
    const known = this.#sized.view;
    let byte = 0;
    for (; byte + 4 <= size; byte += 4) {
      if (known.getInt32(start + byte, true) !== view.getInt32(from + byte, true)) return false;
    }
    for (; byte < size; byte++) {
      if (known.getUint8(start + byte) !== bytes[from + byte]) return false;
    }
    return true;
  }

  #slotOf(hash: number, spans: Spans, at: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask;; slot = slot + 1 & mask) {
      const known = this.#slots[slot]! - 1;
      if (known < 0) return slot;
      if (this.#hashes[known] === hash && this.#is(known, spans, at)) return slot;
    }
  }

  #freeSlot(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = slot + 1 & mask;
    return slot;
  }

  #grow(): void {
    const room = this.#hashes.length * 2;
    this.#hashes = new Int32Array(this.#hashes.buffer.transfer(room * 4));
    this.#starts = new Int32Array(this.#starts.buffer.transfer((room + 1) * 4));
    this.#slots = new Int32Array(room * 2);
    for (let number = 0; number < room / 2; number++) {
      this.#slots[this.#freeSlot(this.#hashes[number]!)] = number + 1;
    }
  }
}
