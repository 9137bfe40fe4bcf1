/**
 * Kills processes that may exit by themselves at the same time.
 *
 * @module
 */

/** Sends SIGKILL and ignores the error that Deno throws if the process has already exited. */
export function killIfRunning(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
