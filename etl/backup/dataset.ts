// The files of a dataset never change, so an interrupted backup can be continued.
import { TABLE_NAMES } from "../../schema/mod.ts";
import {
  checkParts,
  type Checksum,
  checksumOfFile,
  chunksOf,
  DamagedFileError,
  type Dataset,
  exists,
  FORGOTTEN,
  historyPath,
  idsPath,
  idsSize,
  layout,
  LEGACY_FORGOTTEN,
  MANIFEST,
  type Manifest,
  manifestText,
  numberOf,
  openDataset,
  readUnchanged,
} from "../load/dataset/mod.ts";
import { sha256 } from "../common/sha256.ts";
import type { BackupSource } from "./backup.ts";
import type { TableContents } from "./manifest.ts";
import { checked, forEachFile } from "./store.ts";

/** A file; its `name` in the backup is its path in the dataset. */
interface File {
  readonly name: string;
  readonly path: string;
  /** The checksum in the dataset's manifest. */
  readonly known?: Checksum;
}

export function contentsOf({ tables }: Manifest): TableContents {
  return Object.fromEntries(TABLE_NAMES.map((name) => {
    const { rows, parts } = tables[name];
    const hashes = parts.map((part) => `${part.rows} ${part.sha256}\n`);
    return [name, { rows, sha256: sha256(hashes.join("")) }];
  }));
}

async function filesOf(root: string, { tables, manifest }: Dataset): Promise<File[]> {
  const { rejects, forgotten } = layout(root);
  const inTables = (file: string) => ({ name: `tables/${file}`, path: `${tables}/${file}` });
  const parts = TABLE_NAMES.flatMap((table) => manifest.tables[table].parts);
  const ids = manifest.tables.users.parts.map(({ file, rows, ids }): File => {
    const known = ids && { bytes: idsSize(rows), sha256: ids };
    return { ...inTables(idsPath(numberOf(file), manifest.format)), ...(known && { known }) };
  });
  const optional = [
    { name: FORGOTTEN, path: forgotten },
    inTables(LEGACY_FORGOTTEN),
    { name: "runs.ndjson", path: historyPath(root) },
  ];
  const there = await Promise.all(optional.map(({ path }) => exists(path)));
  return [
    inTables(MANIFEST),
    ...optional.filter((_, at) => there[at]),
    ...ids,
    ...parts.map((part) => ({ ...inTables(part.file), known: part })),
    ...manifest.rejects.map((file) => ({
      name: `rejects/${file.file}`,
      path: `${rejects}/${file.file}`,
      known: file,
    })),
  ];
}

export async function datasetSource(root: string): Promise<BackupSource> {
  const dataset = await openDataset(root);
  return {
    kind: "dataset",
    fingerprint: sha256(manifestText(dataset.manifest)),
    send: async (sink) => {
      await readUnchanged(root, {
        dataset,
        step: "backup",
        read: async () => {
          await checkParts(dataset);
          await forEachFile(await filesOf(root, dataset), {
            signal: sink.signal,
            work: async ({ name, path, known }) => {
              const expected = known ?? await checksumOfFile(path);
              const fault = (what: string) => new DamagedFileError(path, { what });
              const chunks = () => checked(chunksOf(path), { expected, fault });
              await sink.sendKnown(name, chunks, expected);
            },
          });
        },
      });
      return { source: { kind: "dataset", name: root }, tables: contentsOf(dataset.manifest) };
    },
  };
}
