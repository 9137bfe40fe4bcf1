/**
 * A batch that is built and not yet committed: its parts, and everything a commit needs to know.
 *
 * @module
 */
import type { Row, TableName } from "../../../schema/mod.ts";
import type { PersonTable } from "../../transform/normalise/rows.ts";

/** A part of one table. */
export interface StagedPart {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
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

/** Reads what a folder of {@link BATCH_FILE} holds; `undefined` where it was never finished. */
export async function readStaged(folder: string): Promise<Staged | undefined> {
  try {
    return { folder, batch: JSON.parse(await Deno.readTextFile(`${folder}/${BATCH_FILE}`)) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
