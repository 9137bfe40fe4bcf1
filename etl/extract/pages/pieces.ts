// Reads the people of a page in pieces, so that neither its text nor all its people are in memory
// at once. Cuts are guesses, but safe: a JSON list is valid if and only if its parts are valid.

import { isUtf8 } from "node:buffer";
import { encodeUtf8 } from "../../common/utf8.ts";
import { inBrackets, isSpace, skipSpace } from "../text/values.ts";

/** Approximate bytes of a parsed piece: the least after scanned people, then doubled each time. */
const PIECE = { least: 1 << 10, most: 1 << 18 } as const;

/** Bytes at the start and the end of a page in which its list must start and end. */
const ENDS = 4096;

const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA] = encodeUtf8("[]{},");

export interface Scanner {
  /** The last person read, in a reused object. */
  readonly person: unknown;
  /** Reads the person at a byte; returns the next byte, or -1 if the person needs a JSON parser. */
  readonly read: (from: number) => number;
  /** Learns key order and white space from a parsed person. */
  readonly learn: (from: number) => void;
}

export interface CutPage {
  readonly envelope: unknown;
  readonly people: (scanner: Scanner | undefined) => Generator<unknown, Reading, void>;
}

interface Reading {
  readonly rows: number;
  /** All people before a JSON fault, parsed; missing without a fault. */
  readonly broken?: { readonly before: readonly unknown[] };
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Decodes UTF-8; checking it first takes half the time of a fatal decoder. */
function decodePiece(bytes: Uint8Array): string {
  return isUtf8(bytes) ? lenient.decode(bytes) : decoder.decode(bytes);
}

// The offset of the comma in the first `},{` of a range, white space allowed; -1 if there is none.
function nextComma(bytes: Uint8Array, { from, to }: { from: number; to: number }): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== CLOSE) continue;
    const comma = skipSpace(bytes, at + 1);
    if (bytes[comma] === COMMA && bytes[skipSpace(bytes, comma + 1)] === OPEN) return comma;
  }
  return -1;
}

/** The page without its list; `undefined` if the list between the bytes is not that of results. */
function readEnvelope(bytes: Uint8Array, { start, end }: { start: number; end: number }): unknown {
  const [head, tail] = [bytes.subarray(0, start), bytes.subarray(end)];
  const read = (list: string) => JSON.parse(decoder.decode(head) + list + decoder.decode(tail));
  // Parses the page twice, since the brackets might be inside a text.
  const length = (page: { results?: unknown }) => (page.results as unknown[] | undefined)?.length;
  const envelope = read("");
  return length(envelope) === 0 && length(read("0")) === 1 ? envelope : undefined;
}

function parsePiece(
  bytes: Uint8Array,
  { before, after }: { before: number; after: number },
): unknown[] | undefined {
  const list = bytes.subarray(before, after + 1);
  using _list = inBrackets(list);
  try {
    return JSON.parse(decodePiece(list));
  } catch {
    return undefined;
  }
}

// The offset after a person and its comma, or after the list; -1 if neither or no object follows.
function nextStart(bytes: Uint8Array, { at, end }: { at: number; end: number }): number {
  while (at < end && isSpace(bytes[at])) at++;
  if (at >= end) return at === end ? end + 1 : -1;
  return bytes[at] === COMMA && bytes[skipSpace(bytes, at + 1)] === OPEN ? at + 1 : -1;
}

export function* readPeople(
  bytes: Uint8Array<ArrayBuffer>,
  { start, end, scanner }: { start: number; end: number; scanner: Scanner | undefined },
): Generator<unknown, Reading, void> {
  let rows = 0;
  let size: number = scanner ? PIECE.least : PIECE.most;
  for (let from = start; from < end;) {
    const to = scanner?.read(from) ?? -1;
    const next = to === -1 ? -1 : nextStart(bytes, { at: to, end });
    if (next !== -1) {
      yield scanner!.person;
      rows++;
      size = PIECE.least;
      from = next;
      continue;
    }
    const comma = nextComma(bytes, { from: Math.min(from + size, end), to: end });
    const after = comma === -1 ? end : comma;
    const people = parsePiece(bytes, { before: from - 1, after });
    if (people === undefined) {
      const before = from === start
        ? []
        : parsePiece(bytes, { before: start - 1, after: from - 1 })!;
      return { rows, broken: { before } };
    }
    scanner?.learn(from);
    yield* people;
    rows += people.length;
    size = Math.min(PIECE.most, size * 2);
    from = after + 1;
  }
  return { rows };
}

/** Finds the list of people in a page; `undefined` if it does not look like a page of the API. */
export function cutPage(bytes: Uint8Array<ArrayBuffer>): CutPage | undefined {
  const start = bytes.subarray(0, ENDS).indexOf(OPEN_LIST!) + 1;
  const tail = Math.max(start, bytes.length - ENDS);
  const last = bytes.subarray(tail).lastIndexOf(CLOSE_LIST!);
  if (start === 0 || last === -1) return undefined;
  const end = tail + last;
  try {
    const envelope = readEnvelope(bytes, { start, end });
    if (envelope === undefined) return undefined;
    return { envelope, people: (scanner) => readPeople(bytes, { start, end, scanner }) };
  } catch {
    return undefined;
  }
}
