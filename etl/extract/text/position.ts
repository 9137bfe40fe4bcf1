// Lines and columns in the text of a file.

/** A place in a text: line and column, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const START: Place = { line: 1, column: 1 };

const LINE_BREAK = 0x0a;

const decoder = new TextDecoder();

/** The place after some bytes that begin at a place. */
export function placeAfter(bytes: Uint8Array, { line, column }: Place = START): Place {
  let last = -1;
  for (let at = -1; (at = bytes.indexOf(LINE_BREAK, at + 1)) !== -1; line++) last = at;
  const inLine = decoder.decode(bytes.subarray(last + 1)).length;
  return { line, column: (last === -1 ? column : 1) + inLine };
}
