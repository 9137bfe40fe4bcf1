/**
 * `@std/cli/unicode-width` where JSR cannot be reached, over string-width. `deno task std` brings the
 * real package.
 *
 * @module
 */
import stringWidth from "npm:string-width@9.0.0";

/** What counts by code point here and by what a terminal draws in string-width. */
const BY_CODE_POINT: readonly [pattern: RegExp, width: number][] = [
  [/^\u{AD}$/u, 1],
  [/^[\u{1160}-\u{11FF}]$/u, 0],
  [/^\p{Regional_Indicator}$/u, 1],
];

function widthOf(char: string): number {
  return BY_CODE_POINT.find(([pattern]) => pattern.test(char))?.[1] ?? stringWidth(char);
}

/**
 * The columns that a text takes on a terminal: the sum over its code points. Control characters and
 * combining marks take none, East Asian wide characters two.
 */
export function unicodeWidth(str: string): number {
  return [...str].reduce((sum, char) => sum + widthOf(char), 0);
}
