// Backs up a dataset or database to a bucket or folder, and restores it. Opening a store loads its
// library.
export { backup, type BackupResult, type BackupSource } from "./backup.ts";
export { type Entry, findBackup, type Good, readCatalog } from "./catalog.ts";
export { databaseSource, fitsDatabase, restoreDatabase, verifyDatabase } from "./database.ts";
export { datasetSource } from "./dataset.ts";
export { openStore } from "./open_store.ts";
export { parsePlace } from "./place.ts";
export { noted } from "./restore.ts";
export { restoreDataset, verifyDataset } from "./restore_dataset.ts";
export type { Keep } from "./retention.ts";
export type { Store } from "./store.ts";
