/**
 * Kills processes that may end by themselves at the same moment.
 *
 * @module
 */

/** Sends SIGKILL, unless the process has ended: then Deno throws. */
export function killIfRunning(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
