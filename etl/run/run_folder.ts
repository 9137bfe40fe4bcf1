import { exists, onDisk, OVER, removeAll } from "../load/dataset/mod.ts";
import { readFolder } from "../common/missing.ts";
import { sha256 } from "../common/sha256.ts";
import type { Request, Source } from "../extract/pages/pages.ts";
import type { RandomUser } from "../random_user.ts";
import { VERSION } from "../common/version.ts";

/** The request with the seed in use. */
export function requestOf({ request }: Source, client: RandomUser | undefined): Request {
  const seed = client?.request.seed;
  return seed === undefined ? request : { ...request, seed };
}

export function pageCount({ batches }: Source): number {
  return batches.reduce((sum, { pages }) => sum + pages.length, 0);
}

/** The id of a run; equal requests have equal ids, so a command continues an earlier one. */
export function runId({ request, fingerprint }: Source): string {
  const text = JSON.stringify([VERSION, request, fingerprint]);
  return sha256(text).slice(0, 16);
}

/** The folder of a batch; `index` counts from 0. */
export function batchFolder(run: string, index: number): string {
  return `${run}/batch-${String(index).padStart(5, "0")}`;
}

/** The name of a fetched page; numbers count from 1. */
export function pageName(page: number): string {
  return `page-${String(page).padStart(5, "0")}.json.gz`;
}

export async function fetchedPages(run: string): Promise<string[]> {
  const names = (await readFolder(`${run}/pages`)).map(({ name }) => name);
  return names.filter((name) => /^page-\d{5}\.json\.gz$/.test(name));
}

export async function progressOf({ batches }: Source, run: string) {
  const built = await Promise.all(batches.map(({ index }) => exists(batchFolder(run, index))));
  return { pages: (await fetchedPages(run)).length, batches: built.filter(Boolean).length };
}

/** The folder of spooled streams, which no other run can use. */
export const SPOOL = `spool${OVER}`;

/** Removes a run; renames its folder first, so that a kill leaves no run that looks resumable. */
export async function removeRun(folder: string): Promise<void> {
  const over = folder + OVER;
  await removeAll(over);
  await onDisk(over, () => Deno.rename(folder, over));
  await removeAll(over);
}

/** Removes the remains of a killed {@link removeRun}. */
export async function removeRemains(staging: string): Promise<void> {
  for (const { name } of await readFolder(staging)) {
    if (name.endsWith(OVER)) await removeAll(`${staging}/${name}`);
  }
}
