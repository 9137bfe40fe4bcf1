/**
 * `@std/cli/unicode-width` where JSR cannot be reached, over string-width. `deno task std` brings the
 * real package.
 *
 * @module
 */
import stringWidth from "npm:string-width@9.0.0";

/**
 * The columns that a text takes on a terminal: the sum over its code points. Control characters and
 * combining marks take none, East Asian wide characters two.
 */
export function unicodeWidth(str: string): number {
  return [...str].reduce((sum, char) => sum + stringWidth(char), 0);
}
