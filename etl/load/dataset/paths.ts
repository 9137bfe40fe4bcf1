// The paths of a dataset on disk.
import type { TableName } from "../../../schema/mod.ts";
import { exists } from "./files.ts";

interface Layout {
  readonly root: string;
  readonly tables: string;
  /** Built by a commit. */
  readonly next: string;
  /** Replaced by a commit and not yet removed. */
  readonly previous: string;
  /** The manifest lists the files of the committed tables. */
  readonly rejects: string;
  /** Beside the tables, so that it outlives them. */
  readonly forgotten: string;
  /** Parts and pages of runs under way. */
  readonly staging: string;
  /** A dataset that is being restored. */
  readonly restoring: string;
  readonly lock: string;
}

export function layout(root: string): Layout {
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

/** Hidden, so that it is no table. */
export const IDS_FOLDER = ".ids";

/**
 * Path of the sorted ids by the format of the manifest. A reader may take any file in a table's
 * folder for Parquet, even a hidden one; format 1 kept them there.
 */
export function idsPath(part: number, format: number): string {
  const name = `part-${String(part).padStart(5, "0")}.ids`;
  return format === 1 ? `users/.${name}` : `${IDS_FOLDER}/${name}`;
}

export const FORGOTTEN = "forgotten.txt";

/** Where versions before 0.2.0 kept the list in `tables/`, as sorted ids. */
export const LEGACY_FORGOTTEN = ".forgotten.ids";

/** After a kill between the two renames of a commit, the new folder under its other name. */
export async function committedTables(root: string): Promise<string | undefined> {
  const { tables, next, previous } = layout(root);
  if (await exists(tables)) return tables;
  return await exists(previous) && await exists(`${next}/${MANIFEST}`) ? next : undefined;
}
