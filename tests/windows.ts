/**
 * Features that Windows lacks; a test that needs one names it and is skipped there.
 *
 * @module
 */

/** Features that are missing on Windows or need an administrator there. */
type Missing =
  | "a path for stdout"
  | "a POSIX shell"
  | "long paths"
  | "modes of files"
  | "named pipes"
  | "signals"
  | "symbolic links"
  | "pseudo terminals";

/** Returns whether to skip a test that needs these features; for `ignore`. */
export function windowsLacks(..._: readonly Missing[]): boolean {
  return Deno.build.os === "windows";
}
