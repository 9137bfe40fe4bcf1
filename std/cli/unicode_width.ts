/**
 * `@std/cli/unicode-width` for use without JSR, over string-width. `deno task std` installs the
 * real package.
 *
 * @module
 */
import stringWidth from "npm:string-width@9.0.0";

/** Characters that std measures by code point, and string-width as a terminal draws them. */
const BY_CODE_POINT: readonly [pattern: RegExp, width: number][] = [
  [/^\u{AD}$/u, 1],
  [/^[\u{1160}-\u{11FF}]$/u, 0],
  [/^[\u{115F}\u{3164}]$/u, 2],
  [/^\u{FFA0}$/u, 1],
  [/^[\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}]$/u, 0],
  [/^\p{Regional_Indicator}$/u, 1],
];

function widthOf(char: string): number {
  return BY_CODE_POINT.find(([pattern]) => pattern.test(char))?.[1] ?? stringWidth(char);
}

/**
 * Returns the width of a text on a terminal, summed over its code points: 0 columns for control
 * characters and combining marks, 2 for East Asian wide characters.
 */
export function unicodeWidth(str: string): number {
  return [...str].reduce((sum, char) => sum + widthOf(char), 0);
}
