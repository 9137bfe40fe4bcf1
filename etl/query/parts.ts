// Finds the Parquet files of a dataset: the six tables and all other folders beside them.
import { TABLE_NAMES } from "../../schema/mod.ts";
import {
  committedTables,
  MANIFEST,
  parquetFiles,
  parquetPaths,
  readIfThere,
} from "../load/dataset/mod.ts";
import { DestinationError } from "../common/errors.ts";
import type { Parts } from "./engine.ts";

/** Reads the manifest's text; `undefined` for tables that another engine wrote. */
export async function committed(data: string): Promise<string | undefined> {
  try {
    const tables = await committedTables(data);
    const manifest = tables && await readIfThere(`${tables}/${MANIFEST}`);
    return manifest && new TextDecoder().decode(manifest);
  } catch (cause) {
    throw missing(data, cause);
  }
}

export async function partsOf(data: string, table: string): Promise<Parts> {
  const folder = `${await committedTables(data) ?? `${data}/tables`}/${table}`;
  let files: Awaited<ReturnType<typeof parquetFiles>>;
  try {
    files = await parquetFiles(folder);
  } catch (cause) {
    throw missing(data, cause);
  }
  if (files.length === 0) {
    throw new DestinationError(`Cannot read dataset: no Parquet file in ${folder}`, {
      step: "query",
      next: { code: "part_damaged", data },
    });
  }
  return { table, paths: files.map(({ path }) => path) };
}

/** Finds other folders of Parquet beside the six tables, such as an analyst's own models. */
export async function otherParts(data: string): Promise<Parts[]> {
  const isOther = (name: string) =>
    !/^[._]/.test(name) && !(TABLE_NAMES as readonly string[]).includes(name);
  const entries = await Array.fromAsync(Deno.readDir(`${data}/tables`));
  const names = entries.filter(({ name, isDirectory }) => isDirectory && isOther(name))
    .map(({ name }) => name).sort();
  const found = await Promise.all(names.map(async (table) => {
    return { table, paths: await parquetPaths(`${data}/tables/${table}`), foreign: true };
  }));
  return found.filter(({ paths }) => paths.length > 0);
}

/** Turns a missing folder into an error that says there is no dataset. */
export function missing(data: string, cause: unknown): unknown {
  if (!(cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory)) {
    return cause;
  }
  return new DestinationError(`Cannot read dataset: there is none in ${data}`, {
    step: "query",
    cause,
    next: { code: "no_dataset", data },
  });
}
