// Replaces the tables by two renames, and completes an interrupted replacement.
import { exists, onDisk, removeAll } from "./files.ts";
import { finishInstall } from "./install.ts";
import { sweepVerifications } from "./leftovers.ts";
import { layout, MANIFEST } from "./paths.ts";

export async function swap(root: string): Promise<void> {
  const { tables, next, previous } = layout(root);
  await onDisk(tables, async () => {
    if (await exists(tables)) await Deno.rename(tables, previous);
    await Deno.rename(next, tables);
  });
  await removeAll(previous);
}

/**
 * Completes an interrupted swap: moves the new tables into place if the old ones were moved away,
 * otherwise removes the new ones. Also completes an interrupted restore and removes leftovers.
 * Returns the backup of the restore.
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
  // Removes a folder of restores by versions before 0.2.0.
  await removeAll(`${staging}-restore`);
  await sweepVerifications(root);
  return await finishInstall(root);
}
