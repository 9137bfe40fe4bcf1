/**
 * Tables that another engine wrote: folders of Parquet files named like the tables, without a
 * manifest. Folders in them may be partitions, `country_code=AU`, as Hive and Spark name them.
 *
 * @module
 */
import type { TableName } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import type { ForeignFile } from "../parquet/foreign.ts";
import { exists } from "./files.ts";
import { MANIFEST } from "./paths.ts";

/** What a folder is called that stands for no value. */
const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

/** The values that a folder stands for, beside those of the folders it is in. */
function partitionOf(name: string, path: string): Record<string, string> {
  const [, column, value] = /^([^=]+)=(.*)$/.exec(name) ?? [];
  if (column === undefined || value === undefined) return {};
  if (value !== NO_VALUE) return { [column]: decodeURIComponent(value) };
  throw new DestinationError(`Cannot read ${path}: no ${column} for its rows`, {
    step: "read",
    next: "Write the table again: no column may hold nulls",
  });
}

/**
 * The Parquet files below a folder, by path. Names that start with `.` or `_` are not data, by
 * Spark's custom.
 */
export async function parquetFiles(
  folder: string,
  partition: ForeignFile["partition"] = {},
): Promise<ForeignFile[]> {
  const files: ForeignFile[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (/^[._]/.test(name)) continue;
    if (isFile && name.endsWith(".parquet")) files.push({ path, partition });
    if (!isDirectory) continue;
    files.push(...await parquetFiles(path, { ...partition, ...partitionOf(name, path) }));
  }
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Whether tables lie under a folder that debr did not commit. */
export async function isForeign(root: string): Promise<boolean> {
  return !await exists(`${root}/tables/${MANIFEST}`) &&
    await exists(`${root}/tables/${"users" satisfies TableName}`);
}
