// Avoids `TextEncoder.encodeInto`, which takes two to four times as long for short texts.

/** Maximum UTF-8 bytes of one UTF-16 unit. */
const MAX_UNIT_BYTES = 3;

// The caller reserves {@link MAX_UNIT_BYTES} for each unit. A lone surrogate becomes U+FFFD.
function writeUtf8(text: string, bytes: Uint8Array, at: number): number {
  for (let unit = 0; unit < text.length; unit++) {
    let code = text.charCodeAt(unit);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | code >> 6;
    } else {
      if (code >= 0xd800 && code <= 0xdfff) {
        code = text.codePointAt(unit)!;
        if (code <= 0xffff) code = 0xfffd;
        else unit++;
      }
      if (code > 0xffff) {
        bytes[at++] = 0xf0 | code >> 18;
        bytes[at++] = 0x80 | code >> 12 & 0x3f;
      } else {
        bytes[at++] = 0xe0 | code >> 12;
      }
      bytes[at++] = 0x80 | code >> 6 & 0x3f;
    }
    bytes[at++] = 0x80 | code & 0x3f;
  }
  return at;
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

export function hasAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let byte = 0; byte < text.length; byte++) if (bytes[at + byte] !== text[byte]) return false;
  return true;
}

export class Spans {
  #bytes = new Uint8Array(0);
  #view = viewOf(this.#bytes);
  readonly starts: Int32Array;
  /** The end of each text; for a null, a number below its start. */
  readonly ends: Int32Array;

  constructor(count: number) {
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  set bytes(bytes: Uint8Array<ArrayBuffer>) {
    if (bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  get view(): DataView {
    return this.#view;
  }

  /** Returns whether the text is not null; it may be empty. */
  has(at: number): boolean {
    return this.ends[at]! >= this.starts[at]!;
  }

  is(at: number, text: Uint8Array): boolean {
    const start = this.starts[at]!;
    return this.ends[at]! - start === text.length && hasAt(this.#bytes, start, text);
  }

  text(at: number): string | undefined {
    if (!this.has(at)) return undefined;
    return decodeUtf8(this.bytes.subarray(this.starts[at]!, this.ends[at]!));
  }
}

export function spanOf(text: string): Spans {
  const bytes = new ByteBuffer(text.length);
  const span = new Spans(1);
  span.ends[0] = bytes.text(text);
  span.bytes = bytes.written;
  return span;
}

const encoder = new TextEncoder();

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Decodes without removing a byte order mark. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function sizeOfCharacter(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

export function codePointAt(bytes: Uint8Array, at: number): number {
  const size = sizeOfCharacter(bytes[at]!);
  if (size === 1) return bytes[at]!;
  let code = bytes[at]! & 0x7f >> size;
  for (let byte = 1; byte < size; byte++) code = code << 6 | bytes[at + byte]! & 0x3f;
  return code;
}

export class ByteBuffer {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #size = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = viewOf(this.#bytes);
  }

  get size(): number {
    return this.#size;
  }

  /** The written bytes; valid until the next write. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#size);
  }

  /** The whole buffer; valid until the next write. */
  get memory(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  get view(): DataView {
    return this.#view;
  }

  clear(): void {
    this.#size = 0;
  }

  #room(more: number): Uint8Array<ArrayBuffer> {
    const needed = this.#size + more;
    if (needed > this.#bytes.length) {
      // Unlike a copy, this makes no garbage to collect.
      const length = Math.max(needed, this.#bytes.length * 2);
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(length));
      this.#view = viewOf(this.#bytes);
    }
    return this.#bytes;
  }

  drop(bytes: number): void {
    this.#bytes.copyWithin(0, bytes, this.#size);
    this.#size -= bytes;
  }

  byte(byte: number): void {
    this.#room(1)[this.#size++] = byte;
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** Copies a few bytes: for short texts a loop is faster than `set` with a view. */
  few(bytes: Uint8Array, from = 0, end = bytes.length): void {
    const to = this.#room(Math.max(0, end - from));
    let size = this.#size;
    for (; from < end; from++) to[size++] = bytes[from]!;
    this.#size = size;
  }

  span({ bytes, starts, ends }: Spans, at: number): void {
    this.few(bytes, starts[at]!, ends[at]!);
  }

  /** Writes a text's length in 32 bits and its bytes, as in Parquet's plain encoding. */
  sizedSpan(spans: Spans, at: number): void {
    const size = Math.max(0, spans.ends[at]! - spans.starts[at]!);
    const bytes = this.#room(4);
    for (let shift = 0; shift < 32; shift += 8) bytes[this.#size++] = size >> shift;
    this.span(spans, at);
  }

  /** Writes an integer of at most nine digits with leading zeros. */
  digits(value: number, places: number): void {
    const to = this.#room(places);
    this.#size += places;
    for (let at = this.#size; places > 0; places--) {
      to[--at] = 0x30 + value % 10;
      value = value / 10 | 0;
    }
  }

  text(text: string): number {
    const start = this.#size;
    const bytes = this.#room(text.length * MAX_UNIT_BYTES);
    this.#size = writeUtf8(text, bytes, start);
    return this.#size - start;
  }
}
