// Names of what a run keeps in staging.
import { exists, onDisk, OVER, removeAll } from "../load/dataset/mod.ts";
import { sha256 } from "../common/sha256.ts";
import type { Source } from "../extract/pages/pages.ts";
import { VERSION } from "../common/version.ts";

/** Names a run by what it asks for, so that the same command finds what an earlier one left. */
export function runId({ request, fingerprint }: Source): string {
  const text = JSON.stringify([VERSION, request, fingerprint]);
  return sha256(text).slice(0, 16);
}

/** The folder of a batch in that of its run, by its position from 0. */
export function batchFolder(run: string, index: number): string {
  return `${run}/batch-${String(index).padStart(5, "0")}`;
}

/** How many batches lie built in the folder of a run. */
export async function countBuiltBatches({ batches }: Source, run: string): Promise<number> {
  let built = 0;
  for (const { index } of batches) if (await exists(batchFolder(run, index))) built++;
  return built;
}

/** The folder of streams that were put on disk: of no use to another run. */
export const SPOOL = `spool${OVER}`;

/**
 * Removes the folder of a run that is over. It leaves its name at once: half of it, after a kill,
 * would pass for a run to go on with.
 */
export async function removeRun(folder: string): Promise<void> {
  const over = folder + OVER;
  await removeAll(over);
  await onDisk(over, () => Deno.rename(folder, over));
  await removeAll(over);
}

/** Removes what {@link removeRun} could not, since it was killed. */
export async function removeRemains(staging: string): Promise<void> {
  if (!await exists(staging)) return;
  for await (const { name } of Deno.readDir(staging)) {
    if (name.endsWith(OVER)) await removeAll(`${staging}/${name}`);
  }
}
