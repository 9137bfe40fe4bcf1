// Reads plain people in one pass over the bytes: keys in the order of the layout, escapes only for
// letters, numbers as digits. All others are parsed as JSON, so being plain affects only speed.
import type { ApiVersion } from "../../../../schema/mod.ts";
import { skipSpace } from "../../../extract/text/values.ts";
import { encodeUtf8, viewOf } from "../../../common/utf8.ts";
import { FIRST_STATE } from "./automaton.ts";
import { type PersonRules, personRules } from "./byte_rules.ts";
import { Unescaped } from "./escapes.ts";
import { PersonFields } from "../fields.ts";
import { type Layout, layoutAt, type Literal, literal } from "./key_order.ts";

const [QUOTE, BACKSLASH, MINUS, ZERO, NINE, N] = encodeUtf8('"\\-09n');

/** ASCII characters that JSON writes without escapes. */
const IS_PLAIN = Uint8Array.from(
  { length: 256 },
  (_, byte) => byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

/** The most digits that a number may have so that JavaScript stores and prints it exactly. */
const MAX_DIGITS = 15;

/** After this number of learned layouts without a match, a page stops learning. */
const MAX_VAIN = 20;

const NULL = literal(encodeUtf8("null"));

export class PersonScanner {
  readonly person = new PersonFields();
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #rules: PersonRules;
  #layout: Layout | undefined;
  readonly #unescaped: Unescaped;
  /** Whether the unread person deviates from the layout. */
  #strange = true;
  /** Layouts learned since the last match. */
  #vain = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>, version: ApiVersion) {
    this.person.bytes = bytes;
    this.#bytes = bytes;
    this.#unescaped = new Unescaped(this.person);
    this.#view = viewOf(bytes);
    this.#rules = personRules(version);
  }

  /** Learns the layout of a parsed person, unless too many layouts matched nobody else. */
  learn(at: number): void {
    if (!this.#strange || this.#vain > MAX_VAIN) return;
    this.#vain++;
    this.#layout = layoutAt(this.#bytes, skipSpace(this.#bytes, at)) ?? this.#layout;
  }

  /** Reads the person at a byte; returns its end, or -1 if it is not plain. */
  read(at: number): number {
    this.#strange = true;
    if (!this.#unescaped.isEmpty) this.#unescaped.clear();
    if (this.#layout === undefined) return -1;
    const { before, fields, after } = this.#layout;
    let end = skipSpace(this.#bytes, at);
    for (let step = 0; step < fields.length; step++) {
      end = this.#skip(before[step]!, end);
      if (end === -1) return -1;
      end = this.#value(fields[step]!, end);
      if (end === -1) {
        // An unknown value may be an object in a single person.
        this.#strange = fields[step] === -1;
        return -1;
      }
    }
    end = this.#skip(after, end);
    if (end === -1) return -1;
    this.#strange = false;
    if (!this.#unescaped.isEmpty) this.#unescaped.gather();
    for (const check of this.#rules.checks) if (!check(this.person)) return -1;
    this.#vain = 0;
    return end;
  }

  /** Returns the end of a literal; compares four bytes at once: literals are a third of a page. */
  #skip(text: Literal, at: number): number {
    const { words, rest } = text;
    const view = this.#view;
    if (at + words.length * 4 + rest.length > view.byteLength) return -1;
    for (let word = 0; word < words.length; word++, at += 4) {
      if (view.getInt32(at, true) !== words[word]) return -1;
    }
    for (let byte = 0; byte < rest.length; byte++, at++) {
      if (this.#bytes[at] !== rest[byte]) return -1;
    }
    return at;
  }

  #value(field: number, at: number): number {
    const first = this.#bytes[at];
    if (first !== QUOTE) return first === N ? this.#null(field, at) : this.#number(field, at);
    return field === -1 ? this.#unknownText(at + 1) : this.#text(field, at + 1);
  }

  #text(field: number, start: number): number {
    const { text } = this.#rules.fields[field]!;
    if (text === undefined) return -1;
    const { next, ends } = text;
    const bytes = this.#bytes;
    let state = FIRST_STATE;
    let end = start;
    for (let to; (to = next[state + bytes[end]!]!) > 0; end++) state = to;
    if (bytes[end] === BACKSLASH) {
      return this.#unescaped.read(field, { text, start, at: end, state });
    }
    if (bytes[end] !== QUOTE || ends[state >> 8] !== 1) return -1;
    this.person.starts[field] = start;
    this.person.ends[field] = end;
    return end + 1;
  }

  /** Skips an unknown text in ASCII; UTF-8 would need validation. */
  #unknownText(start: number): number {
    const bytes = this.#bytes;
    let end = start;
    while (IS_PLAIN[bytes[end]!] === 1) end++;
    return bytes[end] === QUOTE ? end + 1 : -1;
  }

  #null(field: number, at: number): number {
    const end = this.#skip(NULL, at);
    if (field === -1 || end === -1) return end;
    this.person.starts[field] = at;
    this.person.ends[field] = -1;
    return this.#rules.fields[field]!.fits(null) ? end : -1;
  }

  /** Reads a whole number in digits, as JavaScript prints it. */
  #number(field: number, at: number): number {
    const bytes = this.#bytes;
    const first = bytes[at] === MINUS ? at + 1 : at;
    let end = first;
    let value = 0;
    for (let byte; (byte = bytes[end]!) >= ZERO! && byte <= NINE!; end++) {
      value = value * 10 + byte - ZERO!;
    }
    if (end === first || end - first > MAX_DIGITS) return -1;
    if (bytes[first] === ZERO && end - at > 1) return -1;
    if (field === -1) return end;
    this.person.starts[field] = at;
    this.person.ends[field] = end;
    return this.#rules.fields[field]!.fits(first > at ? -value : value) ? end : -1;
  }
}
