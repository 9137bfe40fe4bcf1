/**
 * Encodes values as Parquet lays them out in pages: plain, or as indexes into a dictionary. Whole
 * columns at a time and without a call per value, which is what makes writing fast. Numbers are
 * copied as they lie in memory: every platform of Deno is little-endian, as Parquet is.
 *
 * @module
 */

/** Bytes of a page, before compression. */
export type Page = Uint8Array<ArrayBuffer>;

/** Texts with each distinct one kept once. */
export interface Dictionary {
  /** The distinct texts, in the order they first occur. */
  readonly texts: readonly string[];
  /** For each row, which of the texts. */
  readonly indexes: Uint32Array<ArrayBuffer>;
}

/** The bytes of numbers or UUIDs as they lie in memory. */
export function encodeArray(values: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Page {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Whole numbers as 64 bits each. */
export function encodeInt64(values: Float64Array): Page {
  const words = new Int32Array(values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const high = Math.floor(value / 0x1_0000_0000);
    words[row * 2] = value - high * 0x1_0000_0000;
    words[row * 2 + 1] = high;
  }
  return encodeArray(words);
}

/** Texts as UTF-8, each after its length in 32 bits. A lone surrogate becomes U+FFFD. */
export function encodeTexts(texts: readonly string[]): Page {
  let units = 0;
  for (const text of texts) units += text.length;
  // A UTF-16 unit takes three bytes at most; memory that is not touched costs nothing.
  const page = new Uint8Array(texts.length * 4 + units * 3);
  let at = 0;
  for (const text of texts) {
    const end = encodeText(text, page, at + 4);
    const length = end - at - 4;
    page[at] = length;
    page[at + 1] = length >> 8;
    page[at + 2] = length >> 16;
    page[at + 3] = length >> 24;
    at = end;
  }
  return page.subarray(0, at);
}

/**
 * Writes a text as UTF-8 from `at` on; returns where it ends. `TextEncoder.encodeInto` takes two to
 * four times as long on texts as short as names and telephone numbers.
 */
function encodeText(text: string, page: Page, at: number): number {
  for (let unit = 0; unit < text.length; unit++) {
    let code = text.charCodeAt(unit);
    if (code < 0x80) {
      page[at++] = code;
      continue;
    }
    if (code < 0x800) {
      page[at++] = 0xc0 | code >> 6;
    } else {
      if (code >= 0xd800 && code <= 0xdfff) {
        code = text.codePointAt(unit)!;
        if (code <= 0xffff) code = 0xfffd;
        else unit++;
      }
      if (code > 0xffff) {
        page[at++] = 0xf0 | code >> 18;
        page[at++] = 0x80 | code >> 12 & 0x3f;
      } else {
        page[at++] = 0xe0 | code >> 12;
      }
      page[at++] = 0x80 | code >> 6 & 0x3f;
    }
    page[at++] = 0x80 | code & 0x3f;
  }
  return at;
}

/**
 * The distinct texts, or nothing where they are more than half of all: then plain ones are smaller.
 * Gives up early, so that columns such as e-mail addresses cost little.
 */
export function dictionaryOf(values: readonly string[]): Dictionary | undefined {
  const places = new Map<string, number>();
  const indexes = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const text = values[row]!;
    let index = places.get(text);
    if (index === undefined) {
      index = places.size;
      if (index > 1024 + row / 2) return undefined;
      places.set(text, index);
    }
    indexes[row] = index;
  }
  if (places.size > values.length / 2) return undefined;
  return { texts: [...places.keys()], indexes };
}

/**
 * Indexes into a dictionary of so many texts, bit-packed in one run of groups of eight. Runs of
 * equal ones are left to the compression.
 */
export function encodeIndexes(indexes: Uint32Array, texts: number): Page {
  const width = Math.max(1, 32 - Math.clz32(texts - 1));
  const groups = Math.ceil(indexes.length / 8);
  const page = new Uint8Array(6 + groups * width);
  let at = 0;
  page[at++] = width;
  let header = groups << 1 | 1;
  for (; header > 0x7f; header >>>= 7) page[at++] = header & 0x7f | 0x80;
  page[at++] = header;
  const end = at + groups * width;
  let bits = 0;
  let pending = 0;
  for (const index of indexes) {
    pending |= index << bits;
    for (bits += width; bits >= 8; bits -= 8) {
      page[at++] = pending;
      pending >>>= 8;
    }
  }
  if (bits > 0) page[at] = pending;
  return page.subarray(0, end);
}
