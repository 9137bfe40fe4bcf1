// Encodes Parquet pages without a call for each value: Deno's platforms are little-endian too.

export type Page = Uint8Array<ArrayBuffer>;

/** Reused for every page, because the garbage collector would free new memory too late. */
let memory = new ArrayBuffer(0);

function room(bytes: number): ArrayBuffer {
  if (memory.byteLength < bytes) memory = new ArrayBuffer(bytes);
  return memory;
}

export function encodeArray(values: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Page {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Encodes integers of 64 bits; valid until the next page is encoded. */
export function encodeInt64(values: Float64Array): Page {
  const words = new Int32Array(room(values.length * 8), 0, values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const high = Math.floor(value / 0x1_0000_0000);
    words[row * 2] = value - high * 0x1_0000_0000;
    words[row * 2 + 1] = high;
  }
  return encodeArray(words);
}

/** Encodes one bit-packed run, because zstd compresses repeats; valid until the next page. */
export function encodeIndexes(indexes: Uint32Array, texts: number): Page {
  const width = Math.max(1, 32 - Math.clz32(texts - 1));
  const groups = Math.ceil(indexes.length / 8);
  const page = new Uint8Array(room(6 + groups * width));
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
  if (bits > 0) page[at++] = pending;
  return page.fill(0, at, end).subarray(0, end);
}
