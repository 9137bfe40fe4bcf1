/**
 * Manifests for tables that a test wrote, so that debr accepts them as its own.
 *
 * @module
 */
import { checksumOf } from "../etl/load/dataset/intact.ts";
import { type Manifest, MANIFEST_FORMAT, manifestText } from "../etl/load/dataset/manifest.ts";
import { SCHEMA_VERSION, TABLE_NAMES } from "../schema/mod.ts";

/** Writes a manifest for the Parquet files of a dataset; all its row counts are 0. */
export async function writeManifest(root: string): Promise<void> {
  const tables: Partial<Manifest["tables"]> = {};
  for (const table of TABLE_NAMES) {
    tables[table] = { rows: 0, parts: [] };
    for await (const { name } of Deno.readDir(`${root}/tables/${table}`)) {
      const file = `${table}/${name}`;
      const checksum = checksumOf(await Deno.readFile(`${root}/tables/${file}`));
      tables[table].parts.push({ file, rows: 0, ...checksum });
    }
  }
  const manifest: Manifest = {
    format: MANIFEST_FORMAT,
    debr: "0.1.0",
    schema: SCHEMA_VERSION,
    people: { received: 0, rejected: 0, repeated: 0, forgotten: 0 },
    tables: tables as Manifest["tables"],
    requests: [],
    batches: [],
    rejects: [],
  };
  await Deno.writeTextFile(`${root}/tables/manifest.json`, manifestText(manifest));
}
