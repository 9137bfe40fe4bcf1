// What becomes of the folder of a run that failed.
import { DataError, SourceError } from "../common/errors.ts";
import { isDiskFull } from "../common/system_fault.ts";
import { exists, hasProgress, layout, removeAll } from "../load/dataset/mod.ts";
import { removeRun } from "./folder.ts";
import type { Run } from "./stage.ts";

/** Whether the same source fails in the same way again, however often it is run. */
function isFinal(error: unknown): boolean {
  if (error instanceof SourceError) return !error.transient;
  return error instanceof DataError && typeof error.next === "object" &&
    error.next.code === "nobody_valid";
}

/**
 * Removes what a failed run has staged where nothing can go on with it, or where the disk is full and
 * files can be read again. Pages of an API stay: they cost time and requests.
 */
export async function dropFailed({ folder, options }: Run, error: unknown): Promise<void> {
  const { next, staging } = layout(options.root);
  const full = isDiskFull(error);
  try {
    if (full) await removeAll(next);
    const again = options.client === undefined && (full || isFinal(error));
    if (await exists(folder) && (again || !await hasProgress(folder))) await removeRun(folder);
    await Deno.remove(staging);
  } catch {
    // The error of the run is the one to tell; the next run tidies up what is left.
  }
}
