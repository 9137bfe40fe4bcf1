// Finds tables that another engine wrote: folders of Parquet files with the tables' names and no
// manifest. Subfolders may be Hive partitions, `country_code=AU`.
import type { TableName } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import type { ForeignFile } from "../parquet/foreign.ts";
import { exists } from "./files.ts";
import { MANIFEST } from "./paths.ts";

const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

function partitionOf(name: string, path: string): Record<string, string> {
  const [, column, value] = /^([^=]+)=(.*)$/.exec(name) ?? [];
  if (column === undefined || value === undefined) return {};
  if (value !== NO_VALUE) return { [column]: decodeURIComponent(value) };
  throw new DestinationError(`Cannot read ${path}: no ${column} for its rows`, {
    step: "read",
    next: "Write the table again: no column may hold nulls",
  });
}

/** Lists sorted paths, without names that begin with `.` or `_`: in Spark they are not data. */
export async function parquetPaths(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    if (/^[._]/.test(name)) continue;
    if (isFile && name.endsWith(".parquet")) paths.push(`${folder}/${name}`);
    if (isDirectory) paths.push(...await parquetPaths(`${folder}/${name}`));
  }
  return paths.sort();
}

/** Lists the files with the values of their partitions. */
export async function parquetFiles(folder: string): Promise<ForeignFile[]> {
  return (await parquetPaths(folder)).map((path) => {
    const folders = path.slice(folder.length + 1).split("/").slice(0, -1);
    const values = folders.map((name) => partitionOf(name, path));
    return { path, partition: Object.assign({}, ...values) };
  });
}

/** Returns whether a folder contains tables that debr did not commit. */
export async function isForeign(root: string): Promise<boolean> {
  return !await exists(`${root}/tables/${MANIFEST}`) &&
    await exists(`${root}/tables/${"users" satisfies TableName}`);
}
