// Distinguishes UTF-8 and UTF-16 by the byte order mark that PowerShell and editors write.

type Marked = "utf-8" | "utf-16le" | "utf-16be";

const MARKS: readonly (readonly [Marked, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

export function markOf(bytes: Uint8Array): { readonly encoding: Marked; readonly length: number } {
  // In UTF-32, two zeros follow the same mark.
  const found = bytes[2] === 0 && bytes[3] === 0
    ? undefined
    : MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  return { encoding: found?.[0] ?? "utf-8", length: found?.[1].length ?? 0 };
}

export const NO_TEXT = "it is not UTF-8, nor UTF-16 with a byte order mark";

/** Decodes text without its mark. Throws a `TypeError` unless it is UTF-8 or marked UTF-16. */
export function decodeMarked(bytes: Uint8Array): string {
  const text = new TextDecoder(markOf(bytes).encoding, { fatal: true }).decode(bytes);
  // UTF-16 without a mark decodes as UTF-8 that contains NUL.
  if (text.includes("\0")) throw new TypeError(NO_TEXT);
  return text;
}
