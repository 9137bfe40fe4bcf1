// Names in the staging of a run.
import { exists, onDisk, OVER, removeAll } from "../load/dataset/mod.ts";
import { sha256 } from "../common/sha256.ts";
import type { Source } from "../extract/pages/pages.ts";
import { VERSION } from "../common/version.ts";

/** Equal requests have equal ids, so a command continues an earlier one. */
export function runId({ request, fingerprint }: Source): string {
  const text = JSON.stringify([VERSION, request, fingerprint]);
  return sha256(text).slice(0, 16);
}

/** `index` counts from 0. */
export function batchFolder(run: string, index: number): string {
  return `${run}/batch-${String(index).padStart(5, "0")}`;
}

export async function countBuiltBatches({ batches }: Source, run: string): Promise<number> {
  let built = 0;
  for (const { index } of batches) if (await exists(batchFolder(run, index))) built++;
  return built;
}

/** Spooled streams are of no use to another run. */
export const SPOOL = `spool${OVER}`;

/** Renames the folder first: half of it, after a kill, would pass for a run to continue. */
export async function removeRun(folder: string): Promise<void> {
  const over = folder + OVER;
  await removeAll(over);
  await onDisk(over, () => Deno.rename(folder, over));
  await removeAll(over);
}

/** Removes what a killed {@link removeRun} left. */
export async function removeRemains(staging: string): Promise<void> {
  if (!await exists(staging)) return;
  for await (const { name } of Deno.readDir(staging)) {
    if (name.endsWith(OVER)) await removeAll(`${staging}/${name}`);
  }
}
