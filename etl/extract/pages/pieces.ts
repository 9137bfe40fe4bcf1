// Reads the people of a page in pieces, so that neither its text nor all its people are in memory
// at once. A plainly written person is a piece that needs no parser; other cuts are guesses. They
// are safe: a JSON list is valid if and only if its parts are.

import { isUtf8 } from "node:buffer";
import { isSpace } from "../text/values.ts";

/** Approximate bytes of a parsed piece: few after scanned people, then doubling. */
const PIECE = { least: 1 << 10, most: 1 << 18 } as const;

/** Bytes at either end of a page in which its list must begin and end. */
const ENDS = 4096;

const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA] = [..."[]{},"].map((char) => char.charCodeAt(0));

/** Reads plainly written people without a parser. */
export interface Scanner {
  /** The last person read: a reused object. */
  readonly person: unknown;
  /** Reads the person at a byte; returns the byte after it, or -1 for one left to JSON. */
  readonly read: (from: number) => number;
  /** Learns from a parsed person how people are written. */
  readonly learn: (from: number) => void;
}

export interface CutPage {
  readonly envelope: unknown;
  /** Reads the people in order, scanned or parsed. */
  readonly people: (scanner: Scanner | undefined) => Generator<unknown, Reading, void>;
}

interface Reading {
  /** People read. */
  readonly rows: number;
  /** Where the rest is not JSON: all people before it, parsed. */
  readonly broken?: { readonly before: readonly unknown[] };
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Checking first takes half the time of a fatal decoder. */
function decodePiece(bytes: Uint8Array): string {
  return isUtf8(bytes) ? lenient.decode(bytes) : decoder.decode(bytes);
}

// The comma of the first `},{` from a place, with or without white space; -1 where there is none.
function nextComma(bytes: Uint8Array, { from, to }: { from: number; to: number }): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== CLOSE) continue;
    let comma = at + 1;
    while (isSpace(bytes[comma])) comma++;
    if (bytes[comma] !== COMMA) continue;
    let open = comma + 1;
    while (isSpace(bytes[open])) open++;
    if (bytes[open] === OPEN) return comma;
  }
  return -1;
}

/** The page around the list, if it is JSON with its list of results right there. */
function readEnvelope(bytes: Uint8Array, { start, end }: { start: number; end: number }): unknown {
  const [head, tail] = [bytes.subarray(0, start), bytes.subarray(end)];
  const read = (list: string) => JSON.parse(decoder.decode(head) + list + decoder.decode(tail));
  // Tried twice: the brackets might be inside a text.
  const length = (page: { results?: unknown }) => (page.results as unknown[] | undefined)?.length;
  const envelope = read("");
  return length(envelope) === 0 && length(read("0")) === 1 ? envelope : undefined;
}

// Parses the people between two bytes, which are replaced by brackets for the moment: adding
// brackets to the text would copy it.
function parsePiece(
  bytes: Uint8Array,
  { before, after }: { before: number; after: number },
): unknown[] | undefined {
  const [first, last] = [bytes[before]!, bytes[after]!];
  try {
    bytes[before] = OPEN_LIST!;
    bytes[after] = CLOSE_LIST!;
    return JSON.parse(decodePiece(bytes.subarray(before, after + 1)));
  } catch {
    return undefined;
  } finally {
    bytes[before] = first;
    bytes[after] = last;
  }
}

// The byte after the comma, or after the end of the list, that follows a person; -1 where neither
// follows, or no object after the comma.
function nextStart(bytes: Uint8Array, { at, end }: { at: number; end: number }): number {
  while (at < end && isSpace(bytes[at])) at++;
  if (at >= end) return at === end ? end + 1 : -1;
  if (bytes[at] !== COMMA) return -1;
  const start = at + 1;
  let open = start;
  while (isSpace(bytes[open])) open++;
  return bytes[open] === OPEN ? start : -1;
}

/** Reads the people of a list between two bytes. */
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

/** `undefined` where the page does not look like one of the API. */
export function cutPage(bytes: Uint8Array<ArrayBuffer>): CutPage | undefined {
  const start = bytes.subarray(0, ENDS).indexOf(OPEN_LIST!) + 1;
  const tail = Math.max(start, bytes.length - ENDS);
  const last = bytes.subarray(tail).lastIndexOf(CLOSE_LIST!);
  if (start === 0 || last === -1) return undefined;
  const end = tail + last;
  try {
    const envelope = readEnvelope(bytes, { start, end });
    return envelope === undefined
      ? undefined
      : { envelope, people: (scanner) => readPeople(bytes, { start, end, scanner }) };
  } catch {
    return undefined;
  }
}
