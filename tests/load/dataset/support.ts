/**
 * Datasets in temporary folders, made from saved pages of synthetic people.
 *
 * @module
 */
import { slashed } from "../../../etl/common/path.ts";
import { type Dataset, openDataset } from "../../../etl/load/dataset/open.ts";
import { extract, type ExtractResult } from "../../../etl/run/run.ts";
import type { ExtractOptions } from "../../../etl/run/stage.ts";
import { decodeTable } from "../../../etl/transform/normalise/decode.ts";
import type { Source } from "../../../etl/extract/pages/pages.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { readParquet } from "../../../etl/load/parquet/read.ts";
import { type TableName, TABLES } from "../../../schema/mod.ts";

/** A JSON value that tests may change. */
// deno-lint-ignore no-explicit-any
export type Loose = any;

/** A folder that is removed when disposed. */
export async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = slashed(await Deno.makeTempDir({ prefix: "debr-dataset-" }));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Generates people; the same seed gives the same people. */
export function people(results: number, seed = "t"): Loose[] {
  return JSON.parse(syntheticPage({ seed, page: 1, results, version: "1.4" })).results;
}

/** Copies a person with another `login.uuid`, as in the answer to another request. */
export function copyOf(person: Loose, uuid: string): Loose {
  return structuredClone({ ...person, login: { ...person.login, uuid } });
}

/** Copies a person with a value that fails a rule. */
export function broken(person: Loose): Loose {
  return structuredClone({ ...person, gender: "unknown" });
}

let sources = 0;

/** Writes pages and returns a source of them, by batch; each page is a list of people. */
export async function source(root: string, batches: readonly Loose[][][]): Promise<Source> {
  const path = `${root}/pages-${sources++}`;
  await Deno.mkdir(path, { recursive: true });
  let page = 0;
  const made: Source["batches"][number][] = [];
  for (const [index, pages] of batches.entries()) {
    const saved = [];
    for (const results of pages) {
      const file = `${path}/${String(++page).padStart(4, "0")}.json`;
      await Deno.writeTextFile(file, JSON.stringify({ results }));
      saved.push({ kind: "file" as const, label: file, path: file });
    }
    made.push({ index, pages: saved });
  }
  return { request: { source: path }, fingerprint: "", batches: made };
}

/** Extracts these batches into `<root>/data`. */
export async function run(
  root: string,
  batches: readonly Loose[][][],
  options: Partial<ExtractOptions> = {},
): Promise<ExtractResult> {
  const from = await source(root, batches);
  return await extract(from, { root: `${root}/data`, maxRejects: { share: 1 }, ...options });
}

/** Returns the rows of a table as JSON, sorted. */
export async function rows(root: string, table: TableName): Promise<string[]> {
  const { tables, manifest } = await openDataset(root);
  const found: string[] = [];
  for (const { file } of manifest.tables[table].parts) {
    const data = await readParquet(await Deno.readFile(`${tables}/${file}`), table);
    const columns: Record<string, readonly unknown[]> = decodeTable({ ...data, table });
    for (let row = 0; row < data.rows; row++) {
      found.push(JSON.stringify(Object.values(columns).map((values) => values[row])));
    }
  }
  return found.sort();
}

/** Returns the rows of all tables. */
export async function allRows(root: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of Object.keys(TABLES) as TableName[]) found[table] = await rows(root, table);
  return found;
}

/** Returns the ids of all people, sorted. */
export async function userIds(root: string): Promise<string[]> {
  return (await rows(root, "users")).map((row) => JSON.parse(row)[0]);
}

/** Returns the SHA-256 of every file in a folder by path, to compare folders. */
export async function bytesOf(path: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) {
      for (const [below, hash] of Object.entries(await bytesOf(`${path}/${name}`))) {
        found[`${name}/${below}`] = hash;
      }
    } else {
      const bytes = await Deno.readFile(`${path}/${name}`);
      found[name] = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    }
  }
  return found;
}

/** Opens the committed dataset. */
export function open(root: string): Promise<Dataset> {
  return openDataset(root);
}
