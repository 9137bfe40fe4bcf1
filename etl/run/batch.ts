// The unit of work: a batch of pages, from their text to one staged part for each table, with
// everything a commit needs to know. It stands alone, so that batches can be built side by side.
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
import { type PersonTable, Rows } from "../transform/normalise/mod.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { FileMemory } from "../extract/files/memory.ts";
import { PersonFields } from "../transform/validate/fields.ts";
import { isValid, judge, type Reject, reject } from "../transform/validate/person.ts";
import { ParquetWriter } from "../load/parquet/parquet.ts";
import { type OpenPage, openPages } from "./open_pages.ts";
import { findScanner } from "./scanner.ts";

/** What to build, and where. */
export interface BatchTask {
  readonly pages: readonly LocalPage[];
  /** Folder that appears when the batch is whole. */
  readonly folder: string;
}

/** Counts of the people in a batch. */
export type BatchPeople = StagedBatch["people"];

/** How many people a page held and how many of them were rejected. */
export interface PagePeople {
  readonly received: number;
  readonly rejected: number;
}

/** Told after each page. */
export type OnPage = (people: PagePeople) => void;

/** People collected from pages. */
export interface Collected {
  readonly rows: Rows;
  readonly rejects: Reject[];
  /** People each page held. */
  readonly pages: StagedBatch["pages"][number][];
  /** How many were the same person as one before. */
  repeated: number;
}

/** Nothing collected yet, into rows that are empty. */
export function collected(rows = new Rows()): Collected {
  return { rows, rejects: [], pages: [], repeated: 0 };
}

/** Only the loop: it is compiled while it runs, and that again where what follows was not met yet. */
function collectPeople({ label, version, people }: OpenPage, into: Collected): number {
  let row = 0;
  for (const found of people) {
    // Rows take only what a table holds: the valid need not be stripped of the rest before.
    const valid = found instanceof PersonFields || isValid(found, version);
    const verdict = valid ? { person: found } : judge(found, version);
    if (!verdict.person) into.rejects.push(reject(verdict.failures, { page: label, row }));
    else if (!into.rows.add(verdict.person)) into.repeated++;
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

/** What writes the parts of each table. */
type PartWriters = Readonly<Record<PersonTable, ParquetWriter>>;

function partWriters(): PartWriters {
  return { users: new ParquetWriter(), logins: new ParquetWriter(), altids: new ParquetWriter() };
}

async function writeChecked(path: string, bytes: Uint8Array): Promise<Checksum> {
  await writeDurable(path, bytes);
  return checksumOf(bytes);
}

/** Writes all files of rows; a part is encoded while the disk is busy with the one before. */
async function stageParts(
  rows: Rows,
  { folder, writers }: { readonly folder: string; readonly writers: PartWriters },
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

/**
 * Builds batches one after the other, in the same memory: given back to be had again, it would be
 * had twice until garbage is collected, and in pieces.
 */
export class BatchBuilder {
  readonly #rows = new Rows();
  readonly #memory = new FileMemory();
  readonly #writers = partWriters();

  /** Builds a batch. Its folder appears at once with everything in it, or not at all. */
  async build(
    { pages, folder }: BatchTask,
    { onPage, signal }: { onPage?: OnPage; signal?: AbortSignal } = {},
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

/** Writes collected people as a batch. Its folder appears at once with everything in it. */
export async function stageRows(
  { rows, rejects, repeated, pages }: Collected,
  { folder, writers = partWriters() }: { readonly folder: string; readonly writers?: PartWriters },
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
