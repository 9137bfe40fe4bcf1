// Everything that the report shows of a dataset. Values are masked here, so that the page cannot
// show more.
import { TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import {
  committedTables,
  layout,
  type Manifest,
  type PastCheck,
  type PastRun,
  readHistory,
  readManifest,
  readRuns,
  rejectsOf,
} from "../load/dataset/mod.ts";
import { erdDot } from "./diagram/erd.ts";
import { drawGraph } from "./diagram/graphviz.ts";
import { type EngineName, openDataset } from "../query/mod.ts";
import { groupPeople, type Groups } from "./groups.ts";
import { type Asked, profileTable, type TableProfile } from "./profile.ts";
import { type Cause, causesIn } from "../run/mod.ts";

export interface Facts {
  readonly now: number;
  readonly data: string;
  readonly manifest: Manifest;
  readonly tables: readonly TableProfile[];
  readonly groups: Groups;
  readonly runs: readonly PastRun[];
  readonly checks: readonly PastCheck[];
  readonly causes: readonly Cause[];
  readonly diagram: string;
}

interface FactsOptions {
  readonly data: string;
  readonly engine?: EngineName;
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** Rejects with a `DestinationError` if the dataset cannot be read. */
export async function gatherFacts(
  { data, engine = "wasm", now, signal }: FactsOptions,
): Promise<Facts> {
  const dataset = await openDataset(data, { engine });
  try {
    const manifest = await readManifest(await committedTables(data) ?? layout(data).tables);
    const asked: Asked = { dataset, signal };
    const tables: TableProfile[] = [];
    for (const name of TABLE_NAMES) {
      tables.push(await profileTable(name, { rows: manifest.tables[name].rows, asked }));
    }
    return {
      now,
      data,
      manifest,
      tables,
      groups: await groupPeople(asked, now),
      runs: await readRuns(data),
      checks: await readHistory(data),
      causes: await causesIn(rejectsOf(data, manifest)),
      diagram: await drawGraph(erdDot(TABLE_NAMES.map((name) => TABLES[name]))),
    };
  } finally {
    dataset.close();
  }
}
