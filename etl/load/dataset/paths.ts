import type { TableName } from "../../../schema/mod.ts";
import { exists } from "./files.ts";

export function layout(root: string) {
  return {
    root,
    tables: `${root}/tables`,
    next: `${root}/.tables.next`,
    previous: `${root}/.tables.previous`,
    rejects: `${root}/rejects`,
    forgotten: `${root}/${FORGOTTEN}`,
    staging: `${root}/.staging`,
    restoring: `${root}/.restoring`,
    lock: `${root}/.lock`,
  };
}

export const MANIFEST = "manifest.json";

export function partPath(table: TableName, part: number): string {
  return `${table}/part-${String(part).padStart(5, "0")}.parquet`;
}

export function numberOf(file: string): number {
  return Number(/part-(\d+)/.exec(file)?.[1]);
}

/** The folder of sorted ids; it is hidden because it is not a table. */
export const IDS_FOLDER = ".ids";

/** Format 1 had the ids in the folder of a table, where some readers read even hidden files. */
export function idsPath(part: number, format: number): string {
  const name = `part-${String(part).padStart(5, "0")}.ids`;
  return format === 1 ? `users/.${name}` : `${IDS_FOLDER}/${name}`;
}

export const FORGOTTEN = "forgotten.txt";

/** The file in `tables/` in which versions before 0.2.0 stored the list as sorted ids. */
export const LEGACY_FORGOTTEN = ".forgotten.ids";

/** Returns the tables' folder, or the new one after a kill between the renames of a commit. */
export async function committedTables(root: string): Promise<string | undefined> {
  const { tables, next, previous } = layout(root);
  if (await exists(tables)) return tables;
  return await exists(previous) && await exists(`${next}/${MANIFEST}`) ? next : undefined;
}

export async function isForeign(root: string): Promise<boolean> {
  return !await exists(`${root}/tables/${MANIFEST}`) &&
    await exists(`${root}/tables/${"users" satisfies TableName}`);
}
