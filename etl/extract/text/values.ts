// Finds values without parsing, in a list or in a sequence as `>>`, mongoexport and jq write it.
import { encodeUtf8, hasAt } from "../../common/utf8.ts";

export interface Value {
  readonly from: number;
  readonly to: number;
  /** Whether it is a page and not a person: an object with results, or a list. */
  readonly isPage: boolean;
}

const [QUOTE, ESCAPE, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = encodeUtf8('"\\{}[],:');

/** The byte order mark of UTF-8, which stands between files that were joined. */
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

const RESULTS = encodeUtf8('"results"');

/** Replaces the first and last byte by brackets until disposed; adding brackets would copy all. */
export function inBrackets(bytes: Uint8Array): Disposable {
  const [first, last] = [bytes[0]!, bytes.at(-1)!];
  [bytes[0], bytes[bytes.length - 1]] = [OPEN_LIST!, CLOSE_LIST!];
  return {
    [Symbol.dispose]: () => {
      [bytes[0], bytes[bytes.length - 1]] = [first, last];
    },
  };
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function skipSpace(bytes: Uint8Array, at: number): number {
  while (isSpace(bytes[at])) at++;
  return at;
}

function isResults(bytes: Uint8Array, at: number): boolean {
  return hasAt(bytes, at, RESULTS) && bytes[skipSpace(bytes, at + RESULTS.length)] === COLON;
}

function endOfWord(bytes: Uint8Array, at: number): number {
  while (
    at < bytes.length && !isSpace(bytes[at]) && bytes[at] !== COMMA && bytes[at] !== CLOSE_LIST
  ) at++;
  return at;
}

/** Finds the value at a place; `undefined` if its end is missing. */
function valueAt(bytes: Uint8Array, from: number): Value | undefined {
  const end = bytes.length;
  const first = bytes[from];
  if (first === CLOSE || first === CLOSE_LIST || first === COMMA) return undefined;
  let depth = 0;
  let isPage = first === OPEN_LIST;
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      if (depth === 1 && !isPage) isPage = isResults(bytes, at);
      for (at++; at < end && bytes[at] !== QUOTE; at++) if (bytes[at] === ESCAPE) at++;
      if (at < end && depth === 0) return { from, to: at + 1, isPage };
    } else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE || byte === CLOSE_LIST) {
      if (--depth === 0) return { from, to: at + 1, isPage };
    } else if (depth === 0) {
      const to = endOfWord(bytes, from);
      return to === end || to === from ? undefined : { from, to, isPage: false };
    }
  }
  return undefined;
}

/** Reads values one by one from bytes that may still grow. */
export class ValueReader {
  at = 0;
  inList = false;
  /** Number of lists so far, and whether there were values outside them. */
  lists = 0;
  hasTop = false;
  #first = true;
  #comma = false;

  /** Reads the next complete value; `at` stops before anything but a value or a comma of a list. */
  next(bytes: Uint8Array): Value | undefined {
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at];
      if (isSpace(byte)) continue;
      if (byte === OPEN_LIST && !this.inList) this.#enter(true);
      else if (byte === CLOSE_LIST && this.inList && !this.#comma) this.#enter(false);
      else if (byte === COMMA && this.inList && !this.#first && !this.#comma) this.#comma = true;
      else if (!this.inList && hasAt(bytes, this.at, MARK)) this.at += MARK.length - 1;
      else return this.#value(bytes);
    }
    return undefined;
  }

  #enter(inList: boolean): void {
    if (inList) this.lists++;
    this.inList = inList;
    this.#first = true;
    this.#comma = false;
  }

  #value(bytes: Uint8Array): Value | undefined {
    if (this.inList && !this.#first && !this.#comma) return undefined;
    // Words and numbers are values only inside a list; a text that starts with one is not JSON.
    if (!this.inList && bytes[this.at] !== OPEN) return undefined;
    const value = valueAt(bytes, this.at);
    if (value === undefined) return undefined;
    this.at = value.to;
    if (!this.inList) this.hasTop = true;
    this.#first = false;
    this.#comma = false;
    return value;
  }
}

export interface Values {
  readonly values: readonly Value[];
  readonly isList: boolean;
}

/** Finds values. An incomplete value at the end counts as one; an unclosed list has none. */
export function valuesIn(bytes: Uint8Array): Values {
  const reader = new ValueReader();
  const values: Value[] = [];
  for (let value; (value = reader.next(bytes)) !== undefined;) values.push(value);
  const isCut = reader.at < bytes.length;
  if (reader.inList || isCut && values.length === 0) return { values: [], isList: false };
  if (isCut) values.push({ from: reader.at, to: bytes.length, isPage: false });
  return { values, isList: reader.lists === 1 && !reader.hasTop };
}
