// A staged batch, not yet committed: its parts and the facts that a commit needs.
import type { Row, TableName } from "../../../schema/mod.ts";
import { PERSON_TABLES, type PersonTable } from "../../transform/normalise/mod.ts";
import { DamagedFileError, fromDisk } from "./damage.ts";
import { checkIntact, type Checksum } from "./intact.ts";
import { isSealed } from "./seal.ts";

export interface StagedPart extends Checksum {
  readonly rows: number;
}

export interface StagedBatch {
  /** The pages; `digest` identifies a landed page of the API. */
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
  readonly files: Readonly<Record<"ids" | "ranks" | "rejects", Checksum>>;
  /** The rows that these people reference. */
  readonly references: { readonly [T in Exclude<TableName, PersonTable>]: readonly Row<T>[] };
}

export const BATCH_FILE = "batch.json";

/** The file of people who failed a rule, one on each line. */
export const REJECTS_FILE = "rejects.ndjson";

export const IDS_FILE = "ids";

/** The file with a 64-bit float (`copyRank`) for each sorted id. */
export const RANKS_FILE = "ranks";

export interface Staged {
  readonly folder: string;
  readonly batch: StagedBatch;
}

/** Reads a batch. Throws a {@link DamagedFileError} if it was damaged, for example by a crash. */
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

/** Reads a batch of an earlier run and checks all its files. */
export async function readLeft(folder: string): Promise<Staged> {
  const staged = await readStaged(folder);
  const { parts, files } = staged.batch;
  for (const table of PERSON_TABLES) await checkIntact(`${folder}/${table}.parquet`, parts[table]);
  await checkIntact(`${folder}/${IDS_FILE}`, files.ids);
  await checkIntact(`${folder}/${RANKS_FILE}`, files.ranks);
  await checkIntact(`${folder}/${REJECTS_FILE}`, files.rejects);
  return staged;
}
