/**
 * Helpers for backups in folders.
 *
 * @module
 */
import { backup, type BackupOptions, type BackupResult } from "../../etl/backup/backup.ts";
import { datasetSource } from "../../etl/backup/dataset.ts";
import { openFolder } from "../../etl/backup/folder.ts";
import { MANIFEST_NAME, sealManifest } from "../../etl/backup/manifest.ts";
import type { Store } from "../../etl/backup/store.ts";

/** The committed sample dataset. */
export const SAMPLE = "data/sample";

/** A signal that is never aborted. */
export const NEVER = new AbortController().signal;

/** Parses a time into milliseconds since 1970. */
export function at(text: string): number {
  return Date.parse(text);
}

/** Backs up a dataset to a store. */
export async function backUp(
  store: Store,
  { root = SAMPLE, ...options }: Partial<BackupOptions> & { readonly root?: string } = {},
): Promise<BackupResult> {
  const source = await datasetSource(root);
  return await backup(store, source, { now: () => Date.now(), signal: NEVER, ...options });
}

/** Makes a store in a folder with one backup of the sample. */
export async function backedUp(path: string): Promise<{ store: Store; id: string }> {
  const store = openFolder(path);
  const { manifest: { id } } = await backUp(store);
  return { store, id };
}

/** Changes a manifest and updates its hash. */
export async function reseal(
  folder: string,
  // deno-lint-ignore no-explicit-any
  change: (manifest: any) => void,
): Promise<void> {
  const path = `${folder}/${MANIFEST_NAME}`;
  const manifest = JSON.parse(await Deno.readTextFile(path));
  change(manifest);
  await Deno.writeTextFile(path, sealManifest(manifest));
}
