const ID = 16;

/** Distinct ids in order of arrival, in a hash table of rows; ids are random, so none is hashed. */
export class IdColumn {
  /** Four words per id, and a spare row for the id of a lookup. */
  #words: Uint32Array<ArrayBuffer>;
  /** A hash table of rows plus one, 0 is free; its size is a power of two, at most half full. */
  #slots: Int32Array<ArrayBuffer>;
  #rows = 0;

  constructor(room = 1023) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(room * 2 + 2)));
    this.#words = new Uint32Array(this.#slots.length * 2);
  }

  get length(): number {
    return this.#rows;
  }

  clear(): void {
    this.#rows = 0;
    this.#slots.fill(0);
  }

  /** The ids, 16 bytes each; valid until another is added. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#words.buffer, 0, this.#rows * ID);
  }

  find(words: Uint32Array, at = 0): number {
    return this.#slots[this.#slotOf(words, at)]! - 1;
  }

  /** Adds an id, the four words from `at`; returns the row of a known id, otherwise -1. */
  add(words: Uint32Array, at = 0): number {
    const slot = this.#slotOf(words, at);
    const held = this.#slots[slot]! - 1;
    if (held >= 0) return held;
    this.#slots[slot] = ++this.#rows;
    if (this.#rows * 2 >= this.#slots.length) this.#grow();
    return -1;
  }

  #slotOf(words: Uint32Array, at: number): number {
    const to = this.#rows * 4;
    for (let word = 0; word < 4; word++) this.#words[to + word] = words[at + word]!;
    return this.#find(this.#rows);
  }

  #find(row: number): number {
    const words = this.#words;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const at = row * 4;
    // The last 32 bits of an id are random.
    for (let slot = words[at + 3]! & mask;; slot = slot + 1 & mask) {
      const held = (slots[slot]! - 1) * 4;
      if (held < 0) return slot;
      if (
        words[held] === words[at] && words[held + 1] === words[at + 1] &&
        words[held + 2] === words[at + 2] && words[held + 3] === words[at + 3]
      ) return slot;
    }
  }

  #grow(): void {
    this.#words = new Uint32Array(this.#words.buffer.transfer(this.#words.byteLength * 2));
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let row = 0; row < this.#rows; row++) this.#slots[this.#find(row)] = row + 1;
  }
}

function compare(ids: Uint8Array, one: number, other: number): number {
  for (let at = 0; at < ID; at++) {
    const difference = ids[one * ID + at]! - ids[other * ID + at]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Sorts rows by id: ids are random, so counting their first 16 bits leaves little to compare. */
export function orderOfIds(ids: Uint8Array): Uint32Array<ArrayBuffer> {
  const rows = ids.length / ID;
  const prefix = (row: number) => ids[row * ID]! << 8 | ids[row * ID + 1]!;
  const starts = new Uint32Array(0x1_0001);
  for (let row = 0; row < rows; row++) starts[prefix(row) + 1]!++;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[starts[prefix(row)]!++] = row;
  for (let at = 1; at < rows; at++) {
    const row = order[at]!;
    let to = at;
    for (; to > 0 && compare(ids, order[to - 1]!, row) > 0; to--) order[to] = order[to - 1]!;
    order[to] = row;
  }
  return order;
}

/** Copies the ids of some rows. */
export function pickIds(ids: Uint8Array, rows: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const picked = new Uint8Array(rows.length * ID);
  for (let at = 0; at < rows.length; at++) {
    picked.set(ids.subarray(rows[at]! * ID, rows[at]! * ID + ID), at * ID);
  }
  return picked;
}

export function sortIds(ids: Uint8Array): Uint8Array<ArrayBuffer> {
  return pickIds(ids, orderOfIds(ids));
}
