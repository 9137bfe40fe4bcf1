/**
 * A column of texts as it is built: each distinct text kept once while they repeat, else only their
 * bytes. Either way no string of a page outlives the page, which keeps memory small and garbage
 * cheap.
 *
 * @module
 */
import { ByteBuffer, decodeUtf8, Spans } from "../../common/utf8.ts";
import { DistinctTexts } from "./distinct.ts";

/** Texts with each distinct one kept once. */
interface Dictionary {
  /** The distinct texts, in the order they first occur. */
  readonly distinct: DistinctTexts;
  /** For each row, which of the texts. */
  readonly indexes: Uint32Array<ArrayBuffer>;
}

/** As many distinct texts may come before it is judged whether texts repeat. */
const MIN_DISTINCT = 1024;

/** A text that is a string, on its way into a column. */
const spelled = new Spans(1);
const spelling = new ByteBuffer();

function spell(text: string): Spans {
  spelling.clear();
  spelled.ends[0] = spelling.text(text);
  spelled.bytes = spelling.written;
  return spelled;
}

/** Texts in order, to which more can be added. */
export class Texts {
  #length = 0;
  /** The distinct texts, until texts turn out not to repeat. */
  readonly #distinct = new DistinctTexts();
  #isPlain = false;
  #indexes = new Uint32Array(1024);
  readonly #plain = new ByteBuffer(0);

  /** Texts that hold these. */
  static from(texts: Iterable<string>): Texts {
    const column = new Texts();
    for (const text of texts) column.push(text);
    return column;
  }

  /** How many texts. */
  get length(): number {
    return this.#length;
  }

  /** Starts anew in the same memory. */
  clear(): void {
    this.#length = 0;
    this.#isPlain = false;
    this.#distinct.clear();
    this.#plain.clear();
  }

  /** Adds a text. */
  push(text: string): void {
    this.add(spell(text), 0);
  }

  /** Adds a text that stands somewhere as UTF-8. */
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

  /** Leaves the dictionary: writes out the texts of the rows so far. */
  #spellOut(rows: number): ByteBuffer {
    for (let row = 0; row < rows; row++) {
      this.#plain.bytes(this.#distinct.sizedText(this.#indexes[row]!));
    }
    this.#isPlain = true;
    return this.#plain;
  }

  /** The distinct texts, or nothing where they are more than half of all: plain ones are smaller. */
  get dictionary(): Dictionary | undefined {
    const distinct = this.#distinct;
    if (this.#isPlain || distinct.count > this.#length / 2) return undefined;
    return { distinct, indexes: this.#indexes.subarray(0, this.#length) };
  }

  /**
   * Each text as UTF-8 after its length in 32 bits: how Parquet lays out plain texts. The column has
   * no dictionary from then on.
   */
  spellOut(): Uint8Array<ArrayBuffer> {
    return (this.#isPlain ? this.#plain : this.#spellOut(this.#length)).written;
  }

  /** The texts one by one. */
  *[Symbol.iterator](): Generator<string, void> {
    if (!this.#isPlain) {
      const texts = this.#distinct.texts();
      for (let row = 0; row < this.#length; row++) yield texts[this.#indexes[row]!]!;
      return;
    }
    const bytes = this.#plain.written;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length;) {
      const size = view.getUint32(at, true);
      yield decodeUtf8(bytes.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
  }

  /** The texts from row `start` up to and without `end`. */
  slice(start: number, end: number): Texts {
    if (start === 0 && end === this.#length) return this;
    return Texts.from([...this].slice(start, end));
  }
}
