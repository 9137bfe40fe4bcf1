// Where everything of a dataset lies on disk.
import type { TableName } from "../../../schema/mod.ts";
import { exists } from "./files.ts";

/** The paths of a dataset under one folder, `data` by default. */
interface Layout {
  readonly root: string;
  /** What is committed. */
  readonly tables: string;
  /** What a commit builds. */
  readonly next: string;
  /** What a commit has replaced and not yet removed. */
  readonly previous: string;
  /** Records that failed a rule; the manifest says which files go with the tables. */
  readonly rejects: string;
  /** Who must not come back: beside the tables, so that it outlives them. */
  readonly forgotten: string;
  /** Runs under way: parts and pages that are not committed. */
  readonly staging: string;
  /** A dataset that is being restored, until it is whole. */
  readonly restoring: string;
  /** Held by the run that writes. */
  readonly lock: string;
}

/** The {@link Layout} of a dataset. */
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

/** Name of the file in `tables/` that says what is committed. */
export const MANIFEST = "manifest.json";

/** Path of a part inside `tables/`. */
export function partPath(table: TableName, part: number): string {
  return `${table}/part-${String(part).padStart(5, "0")}.parquet`;
}

/** Path of the sorted ids of a part inside `tables/`; hidden, so that readers of folders skip it. */
export function idsPath(part: number): string {
  return `users/.part-${String(part).padStart(5, "0")}.ids`;
}

/** Name of the list of people who must not come back, in the folder of a dataset. */
export const FORGOTTEN = "forgotten.txt";

/** Name of that list in `tables/`, where versions before 0.2.0 kept it as sorted ids. */
export const LEGACY_FORGOTTEN = ".forgotten.ids";

/**
 * The folder that holds the committed tables, or `undefined` where there are none. Between the two
 * renames of a commit that was killed this is the new one, complete under its other name.
 */
export async function committedTables(root: string): Promise<string | undefined> {
  const { tables, next, previous } = layout(root);
  if (await exists(tables)) return tables;
  return await exists(previous) && await exists(`${next}/${MANIFEST}`) ? next : undefined;
}
