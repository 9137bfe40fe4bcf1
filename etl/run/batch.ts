// A batch of pages, from text to one staged part per table. Batches are built independently.
import {
  BATCH_FILE,
  type Checksum,
  checksumOf,
  encodeIds,
  IDS_FILE,
  makeFolder,
  onDisk,
  RANKS_FILE,
  REJECTS_FILE,
  removeAll,
  sealJson,
  type StagedBatch,
  type StagedPart,
  writeDurable,
  writeTextDurable,
} from "../load/dataset/mod.ts";
import type { Person } from "../../schema/mod.ts";
import { type PersonTable, Rows } from "../transform/normalise/mod.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { FileMemory } from "../extract/files/local.ts";
import type { PersonFields } from "../transform/validate/fields.ts";
import { failuresOf, type Reject, reject } from "../transform/validate/person.ts";
import { ParquetWriter } from "../load/parquet/parquet.ts";
import { findScanner, type OpenPage, openPages } from "./open_pages.ts";

export interface BatchTask {
  readonly pages: readonly LocalPage[];
  /** Appears when the batch is complete. */
  readonly folder: string;
}

export type BatchPeople = StagedBatch["people"];

export interface PagePeople {
  readonly received: number;
  readonly rejected: number;
}

export type OnPage = (people: PagePeople) => void;

export interface Collected {
  readonly rows: Rows;
  readonly rejects: Reject[];
  readonly pages: StagedBatch["pages"][number][];
  /** Copies of people in the same batch. */
  repeated: number;
}

export function collected(rows = new Rows()): Collected {
  return { rows, rejects: [], pages: [], repeated: 0 };
}

/** Contains only the loop, since V8 would compile it again on reaching later code. */
function collectPeople({ label, version, people }: OpenPage, into: Collected): number {
  let row = 0;
  for (const found of people) {
    const failures = failuresOf(found, version);
    if (failures) into.rejects.push(reject(failures, { page: label, row }));
    // Rows read only known fields, so unknown ones need not be removed first.
    else if (!into.rows.add(found as Person | PersonFields)) into.repeated++;
    row++;
  }
  return row;
}

function collectPage(page: OpenPage, into: Collected): PagePeople {
  const before = into.rejects.length;
  const received = collectPeople(page, into);
  const { label, digest } = page;
  into.pages.push({ page: label, people: received, ...(digest !== undefined && { digest }) });
  return { received, rejected: into.rejects.length - before };
}

type PartWriters = Readonly<Record<PersonTable, ParquetWriter>>;

function partWriters(): PartWriters {
  return { users: new ParquetWriter(), logins: new ParquetWriter(), altids: new ParquetWriter() };
}

async function writeChecked(path: string, bytes: Uint8Array): Promise<Checksum> {
  await writeDurable(path, bytes);
  return checksumOf(bytes);
}

/** Encodes a part while the previous one is written. */
async function stageParts(
  rows: Rows,
  { folder, writers }: { folder: string; writers: PartWriters },
): Promise<Pick<StagedBatch, "parts"> & { files: Omit<StagedBatch["files"], "rejects"> }> {
  const tables = rows.tables();
  const { ids, ranks } = rows.sortedIds();
  const part = async (name: PersonTable): Promise<StagedPart> => {
    const bytes = writers[name].write(tables[name]);
    const part = { rows: tables[name].rows, ...checksumOf(bytes) };
    await writeDurable(`${folder}/${name}.parquet`, bytes);
    return part;
  };
  const [users, logins, altids, idsFile, ranksFile] = await Promise.all([
    part("users"),
    part("logins"),
    part("altids"),
    writeChecked(`${folder}/${IDS_FILE}`, encodeIds(ids)),
    writeChecked(`${folder}/${RANKS_FILE}`, new Uint8Array(ranks.buffer)),
  ]);
  return { parts: { users, logins, altids }, files: { ids: idsFile, ranks: ranksFile } };
}

/** Builds batches with reused buffers: new ones would double memory and fragment it. */
export class BatchBuilder {
  readonly #rows = new Rows();
  readonly #memory = new FileMemory();
  readonly #writers = partWriters();

  async build(
    { pages, folder }: BatchTask,
    { onPage, signal }: { onPage?: OnPage | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<StagedBatch> {
    this.#rows.clear();
    const into = collected(this.#rows);
    const scanner = await findScanner();
    for (const page of pages) {
      signal?.throwIfAborted();
      for await (const opened of openPages(page, { scanner, memory: this.#memory })) {
        const people = collectPage(opened, into);
        onPage?.(people);
      }
    }
    return await stageRows(into, { folder, writers: this.#writers });
  }
}

/** Writes collected people as a batch; its folder appears complete or not at all. */
export async function stageRows(
  { rows, rejects, repeated, pages }: Collected,
  { folder, writers = partWriters() }: { folder: string; writers?: PartWriters },
): Promise<StagedBatch> {
  const partial = `${folder}.partial`;
  await removeAll(partial);
  await makeFolder(partial);
  const { countries, timezones, media } = rows.references;
  const lines = rejects.map((line) => JSON.stringify(line) + "\n").join("");
  const written = await writeChecked(`${partial}/${REJECTS_FILE}`, new TextEncoder().encode(lines));
  const { parts, files } = await stageParts(rows, { folder: partial, writers });
  const batch: StagedBatch = {
    pages,
    people: {
      received: pages.reduce((sum, { people }) => sum + people, 0),
      rejected: rejects.length,
      repeated,
    },
    parts,
    files: { ...files, rejects: written },
    references: {
      countries: [...countries.values()],
      timezones: [...timezones.values()],
      media: [...media.values()],
    },
  };
  await writeTextDurable(`${partial}/${BATCH_FILE}`, sealJson(batch));
  await onDisk(folder, () => Deno.rename(partial, folder));
  return batch;
}
