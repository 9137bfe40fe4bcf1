// Reads the JSON escapes of plain letters: `\uXXXX`, as Python and PHP write all non-ASCII letters,
// and `\/`, as PHP writes URLs. Characters that JSON must escape match no pattern anyway.
import { ByteBuffer, encodeUtf8 } from "../../../common/utf8.ts";
import { FIELDS, type PersonFields } from "../fields.ts";
import type { Automaton } from "./automaton.ts";

const [QUOTE, BACKSLASH, SLASH, U] = encodeUtf8('"\\/u');

const HEX = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = String.fromCharCode(byte);
  return /[\da-f]/i.test(digit) ? parseInt(digit, 16) : -1;
});

/** The UTF-16 unit of `\uXXXX`; negative if there is none. */
function unitAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== BACKSLASH || bytes[at + 1] !== U) return -1;
  return HEX[bytes[at + 2]!]! << 12 | HEX[bytes[at + 3]!]! << 8 | HEX[bytes[at + 4]!]! << 4 |
    HEX[bytes[at + 5]!]!;
}

/** The code point of an escape; -1 for other escapes and for lone surrogates. */
function escapedAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === SLASH) return SLASH!;
  const unit = unitAt(bytes, at);
  if (unit < 0xd800 || unit > 0xdfff) return unit < 0 ? -1 : unit;
  const low = unitAt(bytes, at + 6);
  if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return -1;
  return 0x10000 + (unit - 0xd800 << 10) + low - 0xdc00;
}

/** The fields of a person with escapes, decoded outside the page. */
export class Unescaped {
  readonly #person: PersonFields;
  readonly #page: Uint8Array<ArrayBuffer>;
  readonly #texts = new ByteBuffer(1024);
  readonly #written = new Uint8Array(FIELDS.length);
  isEmpty = true;

  constructor(person: PersonFields) {
    this.#person = person;
    this.#page = person.bytes;
  }

  /** Continues a text from its first escape; returns its end, or -1 if it is not valid or plain. */
  read(
    field: number,
    { text: { next, ends }, start, at, state }: {
      readonly text: Automaton;
      readonly start: number;
      at: number;
      state: number;
    },
  ): number {
    const page = this.#page;
    const texts = this.#texts;
    this.isEmpty = false;
    texts.few(page, start - 1, at);
    const from = texts.size - (at - start);
    while (page[at] !== QUOTE) {
      let byte = texts.size;
      if (page[at] === BACKSLASH) {
        const code = escapedAt(page, at);
        if (code === -1) return -1;
        texts.text(String.fromCodePoint(code));
        at += page[at + 1] === SLASH ? 2 : code > 0xffff ? 12 : 6;
      } else texts.byte(page[at++]!);
      // Text after the end of the page matches nothing.
      for (; byte < texts.size; byte++) state = next[state + texts.memory[byte]!]!;
      if (state === 0) return -1;
    }
    if (ends[state >> 8] !== 1) return -1;
    this.#person.starts[field] = from;
    this.#person.ends[field] = texts.size;
    this.#written[field] = 1;
    texts.byte(QUOTE!);
    return at + 1;
  }

  /** Copies the other fields of the person, so that all fields are in the same memory. */
  gather(): void {
    const person = this.#person;
    const { starts, ends } = person;
    const texts = this.#texts;
    for (let field = 0; field < starts.length; field++) {
      if (this.#written[field] === 1 || !person.has(field)) continue;
      const from = texts.size + 1;
      // The surrounding bytes distinguish texts from numbers.
      texts.few(this.#page, starts[field]! - 1, ends[field]! + 1);
      starts[field] = from;
      ends[field] = texts.size - 1;
    }
    person.bytes = texts.memory;
  }

  clear(): void {
    this.isEmpty = true;
    this.#written.fill(0);
    this.#texts.clear();
    this.#person.bytes = this.#page;
  }
}
