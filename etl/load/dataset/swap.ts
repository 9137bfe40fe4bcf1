// Puts a whole new folder of tables in the place of the old by two renames, and completes what a
// run that was killed in between has left.
import { exists, onDisk, removeAll } from "./files.ts";
import { finishInstall } from "./install.ts";
import { sweepVerifications } from "./leftovers.ts";
import { layout, MANIFEST } from "./paths.ts";

/** Replaces the committed tables with those that were built beside them. */
export async function swap(root: string): Promise<void> {
  const { tables, next, previous } = layout(root);
  await onDisk(tables, async () => {
    if (await exists(tables)) await Deno.rename(tables, previous);
    await Deno.rename(next, tables);
  });
  await removeAll(previous);
}

/**
 * Completes an interrupted swap: the new tables take their place where the old ones had already
 * left it; else the new ones, which may be half built, are removed. Completes an interrupted restore
 * as well, and answers of what it was; removes what a killed verification has left.
 */
export async function recover(root: string): Promise<string | undefined> {
  const { tables, next, previous, staging } = layout(root);
  const swapping = !await exists(tables) && await exists(previous);
  if (swapping && await exists(`${next}/${MANIFEST}`)) {
    await onDisk(tables, () => Deno.rename(next, tables));
  } else if (swapping) {
    await onDisk(tables, () => Deno.rename(previous, tables));
  }
  await removeAll(next);
  await removeAll(previous);
  // What a restore of a version before 0.2.0 has left.
  await removeAll(`${staging}-restore`);
  await sweepVerifications(root);
  return await finishInstall(root);
}
