// A page has one writer, so a person written like the previous one needs no parser.
import { decodeUtf8, encodeUtf8 } from "../../../common/utf8.ts";
import { isSpace, skipSpace } from "../../../extract/text/values.ts";
import { FIELDS } from "../fields.ts";

export interface Literal {
  /** Four bytes each, little-endian. */
  readonly words: Int32Array;
  readonly rest: Uint8Array;
}

export function literal(text: Uint8Array): Literal {
  const bytes = text.slice();
  const view = new DataView(bytes.buffer);
  const words = Int32Array.from(
    { length: bytes.length >> 2 },
    (_, word) => view.getInt32(word * 4, true),
  );
  return { words, rest: bytes.subarray(words.length * 4) };
}

/** The literals between values, and the field of each value. */
export interface Layout {
  readonly before: readonly Literal[];
  /** The field of each value, -1 for values that no table stores. */
  readonly fields: Int8Array;
  readonly after: Literal;
}

/** Greatest depth of objects, larger than that of the schema. */
const DEPTH = 8;

const [OPEN, CLOSE, OPEN_LIST, COMMA, QUOTE, BACKSLASH] = encodeUtf8('{}[,"\\');

/** Walks through the bytes of a person that were parsed before, so they are valid JSON. */
class Walk {
  readonly before: Literal[] = [];
  readonly fields: number[] = [];
  readonly #paths = new Set<string>();
  readonly #bytes: Uint8Array;
  #at: number;
  #behind: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = this.#behind = at;
  }

  get between(): Literal {
    return literal(this.#bytes.subarray(this.#behind, this.#at));
  }

  #skip(bytes = 0): void {
    this.#at = skipSpace(this.#bytes, this.#at + bytes);
  }

  #text(): string {
    const start = this.#at++;
    for (let byte; (byte = this.#bytes[this.#at]) !== QUOTE;) {
      this.#at += byte === BACKSLASH ? 2 : 1;
    }
    return JSON.parse(decodeUtf8(this.#bytes.subarray(start, ++this.#at)));
  }

  #value(path: string): void {
    this.before.push(this.between);
    this.fields.push(FIELDS.indexOf(path));
    if (this.#bytes[this.#at] === QUOTE) this.#text();
    else {
      for (let byte; (byte = this.#bytes[this.#at]) !== COMMA && byte !== CLOSE;) {
        if (isSpace(byte)) break;
        this.#at++;
      }
    }
    this.#behind = this.#at;
  }

  /** Walks through an object; returns whether it is plain. */
  object(path = "", depth = 0): boolean {
    if (this.#bytes[this.#at] !== OPEN || depth > DEPTH) return false;
    this.#skip(1);
    while (this.#bytes[this.#at] !== CLOSE) {
      if (this.#bytes[this.#at] === COMMA) this.#skip(1);
      const key = this.#text();
      const own = path + key;
      // A parser would keep the last of two equal keys.
      if (key.includes(".") || this.#paths.has(own)) return false;
      this.#paths.add(own);
      this.#skip();
      this.#skip(1);
      const first = this.#bytes[this.#at];
      if (first === OPEN_LIST || first === OPEN && !this.object(`${own}.`, depth + 1)) return false;
      if (first !== OPEN) this.#value(own);
      this.#skip();
    }
    this.#at++;
    return true;
  }
}

/** The layout of a person; `undefined` for lists, depth, and dotted, missing or repeated keys. */
export function layoutAt(bytes: Uint8Array, at: number): Layout | undefined {
  const walk = new Walk(bytes, at);
  if (!walk.object() || FIELDS.some((_, field) => !walk.fields.includes(field))) return undefined;
  return { before: walk.before, fields: Int8Array.from(walk.fields), after: walk.between };
}
