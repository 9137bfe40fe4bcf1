// Reads the people of a page piece by piece, so that neither the text of a whole page nor all of
// its people are in memory at once. Who is written plainly is a piece, read without a parser; of
// others, where to cut is a guess at the bytes. That the pieces together are the page follows from
// JSON: a list is valid if and only if its parts are.

import { isUtf8 } from "node:buffer";
import { isSpace } from "../text/values.ts";

/** Bytes of a piece that is parsed, about: few after people who need no parser, then ever more. */
const PIECE = { least: 1 << 10, most: 1 << 18 } as const;

/** Bytes at either end of a page among which its list is looked for. */
const ENDS = 4096;

const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA] = [..."[]{},"].map((char) => char.charCodeAt(0));

/** Reads people who are written plainly, without a parser. */
export interface Scanner {
  /** Who was read last: the same object for one after the other. */
  readonly person: unknown;
  /** Reads the person that begins at a byte; the byte behind it, or -1 for one it leaves to JSON. */
  readonly read: (from: number) => number;
  /** Learns how the person is written that begins at a byte and was parsed. */
  readonly learn: (from: number) => void;
}

/** A page with its people cut out. */
export interface CutPage {
  /** The page as JSON gives it, with an empty list of results. */
  readonly envelope: unknown;
  /** Reads the people in order: those whom the scanner reads as its fields, all others parsed. */
  readonly people: (scanner: Scanner | undefined) => Generator<unknown, Reading, void>;
}

/** How far the people of a page could be read. */
interface Reading {
  /** How many were. */
  readonly rows: number;
  /** Where what follows is no JSON: all the people before it, parsed. */
  readonly broken?: { readonly before: readonly unknown[] };
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of some bytes. To look first takes half the time of a decoder that may fail. */
function decodePiece(bytes: Uint8Array): string {
  return isUtf8(bytes) ? lenient.decode(bytes) : decoder.decode(bytes);
}

/** The comma of the first `},{` from a place on, white space among it or not; -1 where none is. */
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

/** What is around the list, if it reads as JSON with a list of results right there. */
function readEnvelope(bytes: Uint8Array, { start, end }: { start: number; end: number }): unknown {
  const [head, tail] = [bytes.subarray(0, start), bytes.subarray(end)];
  const read = (list: string) => JSON.parse(decoder.decode(head) + list + decoder.decode(tail));
  // One list could be the same by chance: the brackets may stand inside a text.
  const length = (page: { results?: unknown }) => (page.results as unknown[] | undefined)?.length;
  const envelope = read("");
  return length(envelope) === 0 && length(read("0")) === 1 ? envelope : undefined;
}

// Parses the people between two bytes that stand for a bracket or a comma. These are brackets for a
// moment: adding them to the text would copy it.
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

// The byte behind the comma, or the end of the list, that follows what ends at a byte; -1 where
// neither does, or no object follows the comma.
function nextStart(bytes: Uint8Array, { at, end }: { at: number; end: number }): number {
  while (at < end && isSpace(bytes[at])) at++;
  if (at >= end) return at === end ? end + 1 : -1;
  if (bytes[at] !== COMMA) return -1;
  const start = at + 1;
  let open = start;
  while (isSpace(bytes[open])) open++;
  return bytes[open] === OPEN ? start : -1;
}

/** Reads the people of a list between two bytes: what stands before and behind is not looked at. */
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

/** Cuts the people out of a page as the API sends it; `undefined` where it looks different. */
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
