// Everything that the report shows of a dataset. Values are masked here, so that the page cannot
// show more.
import { TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import {
  committedTables,
  layout,
  readHistory,
  readManifest,
  readRuns,
  rejectsOf,
} from "../load/dataset/mod.ts";
import { erdDot } from "./diagram/erd.ts";
import { drawGraph } from "./diagram/graphviz.ts";
import { type EngineName, openDataset } from "../query/mod.ts";
import { groupPeople } from "./groups.ts";
import { type Asked, profileTable } from "./profile.ts";
import { causesIn } from "../run/mod.ts";

interface FactsOptions {
  readonly data: string;
  readonly engine?: EngineName;
  /** Determines ages. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** Rejects with a `DestinationError` if the dataset cannot be read. */
export async function gatherFacts({ data, engine = "wasm", now, signal }: FactsOptions) {
  const dataset = await openDataset(data, { engine });
  try {
    const manifest = await readManifest(await committedTables(data) ?? layout(data).tables);
    const asked: Asked = { dataset, signal };
    const tables = await Array.fromAsync(TABLE_NAMES, async (name) => {
      return await profileTable(name, { rows: manifest.tables[name].rows, asked });
    });
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

export type Facts = Awaited<ReturnType<typeof gatherFacts>>;
