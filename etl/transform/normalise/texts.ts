// A column of texts under construction: a dictionary while texts repeat, otherwise plain bytes.
import { ByteBuffer, Spans } from "../../common/utf8.ts";
import { DistinctTexts, SIZE } from "./distinct.ts";

/** Up to this number of distinct texts, debr does not yet decide whether texts repeat. */
const MIN_DISTINCT = 1024;

const spelled = new Spans(1);
const spelling = new ByteBuffer();

function spell(text: string): Spans {
  spelling.clear();
  spelled.ends[0] = spelling.text(text);
  // Most texts are written to the same memory, so it needs no new view.
  spelled.bytes = spelling.memory;
  return spelled;
}

const copied = new Spans(1);

export class Texts {
  #length = 0;
  /** In use until texts turn out not to repeat. */
  readonly #distinct = new DistinctTexts();
  #isPlain = false;
  #indexes = new Uint32Array(1024);
  readonly #plain = new ByteBuffer(0);

  static from(texts: Iterable<string>): Texts {
    const column = new Texts();
    for (const text of texts) column.push(text);
    return column;
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.#isPlain = false;
    this.#distinct.clear();
    this.#plain.clear();
  }

  push(text: string): void {
    this.add(spell(text), 0);
  }

  pushBytes({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): void {
    if (copied.bytes.buffer !== buffer) copied.bytes = new Uint8Array(buffer);
    copied.starts[0] = byteOffset;
    copied.ends[0] = byteOffset + length;
    this.add(copied, 0);
  }

  add(spans: Spans, at: number): void {
    const row = this.#length++;
    if (this.#isPlain) return this.#plain.sizedSpan(spans, at);
    const index = this.#distinct.number(spans, at, MIN_DISTINCT + row / 2);
    if (index === -1) return this.#spellOut(row).sizedSpan(spans, at);
    if (row === this.#indexes.length) {
      this.#indexes = new Uint32Array(this.#indexes.buffer.transfer(row * 8));
    }
    this.#indexes[row] = index;
  }

  /** Replaces the dictionary by the plain texts of the rows so far. */
  #spellOut(rows: number): ByteBuffer {
    for (let row = 0; row < rows; row++) {
      this.#plain.bytes(this.#distinct.sizedText(this.#indexes[row]!));
    }
    this.#isPlain = true;
    return this.#plain;
  }

  /** The dictionary; `undefined` if over half of the texts are distinct: plain is then smaller. */
  get dictionary() {
    const distinct = this.#distinct;
    if (this.#isPlain || distinct.count > this.#length / 2) return undefined;
    return { distinct, indexes: this.#indexes.subarray(0, this.#length) };
  }

  /** Returns the plain encoding of Parquet; the column has no dictionary afterwards. */
  spellOut(): Uint8Array<ArrayBuffer> {
    return (this.#isPlain ? this.#plain : this.#spellOut(this.#length)).written;
  }

  /** The texts of all rows in one buffer; valid until one is added. */
  spans(): Spans {
    const spans = new Spans(this.#length);
    const { starts, ends } = spans;
    spans.bytes = this.#isPlain ? this.#plain.written : this.#distinct.sized;
    for (let row = 0, end = 0; row < this.#length; row++) {
      const start = this.#isPlain ? end + SIZE : this.#distinct.start(this.#indexes[row]!);
      starts[row] = start;
      ends[row] = end = start + spans.view.getUint32(start - SIZE, true);
    }
    return spans;
  }

  *[Symbol.iterator](): Generator<string, void> {
    if (this.#isPlain) {
      const spans = this.spans();
      for (let row = 0; row < this.#length; row++) yield spans.text(row)!;
    } else {
      const texts = this.#distinct.texts();
      for (let row = 0; row < this.#length; row++) yield texts[this.#indexes[row]!]!;
    }
  }

  slice(start: number, end: number): Texts {
    if (start === 0 && end === this.#length) return this;
    return Texts.from([...this].slice(start, end));
  }
}
