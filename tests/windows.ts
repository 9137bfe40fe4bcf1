/**
 * What Windows does not have, so that a test which needs it says why it does not run there.
 *
 * @module
 */

/** Missing on Windows, or a right there that only administrators have. */
type Missing =
  | "a path for stdout"
  | "a POSIX shell"
  | "long paths"
  | "modes of files"
  | "named pipes"
  | "signals"
  | "symbolic links"
  | "pseudo terminals";

/** For `ignore` of a test. */
export function windowsLacks(..._: readonly Missing[]): boolean {
  return Deno.build.os === "windows";
}
