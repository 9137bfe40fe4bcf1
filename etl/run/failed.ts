import { DataError, SourceError } from "../common/errors.ts";
import { isDiskFull } from "../common/system_fault.ts";
import { exists, hasProgress, layout, removeAll } from "../load/dataset/mod.ts";
import { removeRun } from "./run_folder.ts";
import type { Run } from "./stage.ts";

/** Whether the same source fails again on every run. */
function isFinal(error: unknown): boolean {
  if (error instanceof SourceError) return !error.transient;
  return error instanceof DataError && typeof error.next === "object" &&
    error.next.code === "nobody_valid";
}

/**
 * Removes the staging of a failed run that cannot continue, or of files if the disk is full. Pages
 * of an API stay, since they cost time and requests.
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
    // The error of the run matters more; the next run cleans up.
  }
}
