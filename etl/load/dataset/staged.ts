// A batch that is built and not yet committed: its parts, and everything a commit needs to know.
import type { Row, TableName } from "../../../schema/mod.ts";
import { PERSON_TABLES, type PersonTable } from "../../transform/normalise/mod.ts";
import { DamagedFileError, fromDisk } from "./damage.ts";
import { checkIntact, type Checksum } from "./intact.ts";
import { isSealed } from "./seal.ts";

/** A part of one table. */
export interface StagedPart extends Checksum {
  readonly rows: number;
}

/** What a staged batch holds; lies beside its parts as {@link BATCH_FILE}. */
export interface StagedBatch {
  /** People each page held; of a landed page of the API also what tells it from others. */
  readonly pages: readonly {
    readonly page: string;
    readonly people: number;
    readonly digest?: string;
  }[];
  readonly people: {
    readonly received: number;
    readonly rejected: number;
    readonly repeated: number;
  };
  readonly parts: Readonly<Record<PersonTable, StagedPart>>;
  /** What is in the other files. */
  readonly files: Readonly<Record<"ids" | "ranks" | "rejects", Checksum>>;
  /** Rows of the tables that repeat, as far as these people need them. */
  readonly references: { readonly [T in Exclude<TableName, PersonTable>]: readonly Row<T>[] };
}

/** Name of the file that says what a staged batch holds. */
export const BATCH_FILE = "batch.json";

/** Name of the file of people who failed a rule, one a line. */
export const REJECTS_FILE = "rejects.ndjson";

/** Name of the file of sorted ids. */
export const IDS_FILE = "ids";

/** Name of the file of ranks (`copyRank`), one for each of the sorted ids: 64-bit floats. */
export const RANKS_FILE = "ranks";

/** A staged batch and the folder it lies in. */
export interface Staged {
  readonly folder: string;
  readonly batch: StagedBatch;
}

/**
 * Reads the batch of a folder as it was written. Throws a {@link DamagedFileError} where a crash of
 * the machine has left another file of it.
 */
export async function readStaged(folder: string): Promise<Staged> {
  const path = `${folder}/${BATCH_FILE}`;
  const text = await fromDisk(path, () => Deno.readTextFile(path));
  let batch: StagedBatch | undefined;
  try {
    batch = JSON.parse(text);
  } catch { /* Then it is not sealed. */ }
  if (!isSealed(batch)) throw new DamagedFileError(path, { what: "is not what was written" });
  return { folder, batch: batch! };
}

/** Reads a batch that an earlier run has left, as {@link readStaged}, and checks all its files. */
export async function readLeft(folder: string): Promise<Staged> {
  const staged = await readStaged(folder);
  const { parts, files } = staged.batch;
  for (const table of PERSON_TABLES) await checkIntact(`${folder}/${table}.parquet`, parts[table]);
  await checkIntact(`${folder}/${IDS_FILE}`, files.ids);
  await checkIntact(`${folder}/${RANKS_FILE}`, files.ranks);
  await checkIntact(`${folder}/${REJECTS_FILE}`, files.rejects);
  return staged;
}
