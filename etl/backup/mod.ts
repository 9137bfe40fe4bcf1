import type { Place } from "./place.ts";
import type { Store, StoreOptions } from "./store.ts";

export { backup, type BackupResult } from "./backup.ts";
export { type Entry, findBackup, type Good, noted, readCatalog } from "./catalog.ts";
export { fitsDatabase, restoreDatabase, verifyDatabase } from "./database.ts";
export { datasetSource } from "./dataset.ts";
export { databaseSource } from "./dump.ts";
export { parsePlace } from "./place.ts";
export { restoreDataset, verifyDataset } from "./restore_dataset.ts";
export type { Keep } from "./retention.ts";
export type { Store } from "./store.ts";

/** Opens a store and loads only the library of its kind. */
export async function openStore(place: Place, options: StoreOptions = {}): Promise<Store> {
  if (place.kind === "folder") return (await import("./folder.ts")).openFolder(place.path, options);
  if (place.kind === "s3") return await (await import("./s3.ts")).openS3(place, options);
  return await (await import("./gcs.ts")).openGcs(place, options);
}
