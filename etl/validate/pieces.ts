/**
 * Reads the people of a page piece by piece, so that neither the text of a whole page nor all of
 * its people are in memory at once. Where to cut is a guess at the bytes; that the pieces together
 * are the page follows from JSON: a list is valid if and only if its parts are.
 *
 * @module
 */

import { isUtf8 } from "node:buffer";

/** Bytes of one piece, about. */
const PIECE = 1 << 18;

/** Bytes at either end of a page among which its list is looked for. */
const ENDS = 4096;

const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA] = [..."[]{},"].map((char) => char.charCodeAt(0));

/** A page with its people cut out. */
export interface CutPage {
  /** The page as JSON gives it, with an empty list of results. */
  readonly envelope: unknown;
  /** The people in order, some at a time; `undefined`, at the end, where a piece is no JSON. */
  readonly pieces: () => Generator<readonly unknown[] | undefined, void>;
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of some bytes. To look first takes half the time of a decoder that may fail. */
function decodePiece(bytes: Uint8Array): string {
  return isUtf8(bytes) ? lenient.decode(bytes) : decoder.decode(bytes);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
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

/**
 * Parses the people between two bytes that stand for a bracket or a comma. These are brackets for a
 * moment: adding them to the text would copy it.
 */
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

function* readPieces(
  bytes: Uint8Array,
  { start, end }: { start: number; end: number },
): Generator<readonly unknown[] | undefined, void> {
  for (let from = start; from < end;) {
    const comma = nextComma(bytes, { from: Math.min(from + PIECE, end), to: end });
    const to = comma === -1 ? end : comma;
    const people = parsePiece(bytes, { before: from - 1, after: to });
    yield people;
    if (people === undefined) return;
    from = to + 1;
  }
}

/** Cuts the people out of a page as the API sends it; `undefined` where it looks different. */
export function cutPage(bytes: Uint8Array): CutPage | undefined {
  const start = bytes.subarray(0, ENDS).indexOf(OPEN_LIST!) + 1;
  const tail = Math.max(start, bytes.length - ENDS);
  const end = bytes.subarray(tail).lastIndexOf(CLOSE_LIST!) + tail;
  if (start === 0 || end < start || end - start < PIECE) return undefined;
  try {
    const envelope = readEnvelope(bytes, { start, end });
    return envelope === undefined
      ? undefined
      : { envelope, pieces: () => readPieces(bytes, { start, end }) };
  } catch {
    return undefined;
  }
}
