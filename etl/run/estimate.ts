// Estimates the cost and the changes of a run.
import { TABLE_NAMES, type TableName } from "../../schema/mod.ts";
import {
  committedTables,
  layout,
  type Manifest,
  type Mode,
  readManifest,
} from "../load/dataset/mod.ts";
import type { RandomUser } from "../random_user.ts";
import { WINDOW } from "../extract/api/budget.ts";
import type { Request, Source } from "../extract/pages/pages.ts";
import { replacementOf } from "./replacement.ts";
import { countStagedPages } from "./fetch.ts";
import { countBuiltBatches, runId } from "./run_folder.ts";

/** Approximate bytes of a person in a compressed response. */
const PERSON_BYTES = 300;

/** Approximate seconds of a response: a minimum, and a share per person. */
const ANSWER = { least: 0.2, person: 1 / 5000 } as const;

interface Planned {
  readonly source: Source;
  /** Present if pages must be fetched. */
  readonly client?: RandomUser;
}

export interface Estimate {
  readonly request: Request;
  readonly pages: number;
  /** Parts of each table with a row per person. */
  readonly parts: number;
  /** The number of people, if known. */
  readonly people: number | undefined;
  /** Pages and batches of an earlier run of the same request. */
  readonly done: { readonly pages: number; readonly batches: number };
  /** Requests still to send. */
  readonly requests: number;
  /** Approximate download in bytes. */
  readonly bytes: number;
  /** People per 5 minutes, 0 for no limit. */
  readonly rate: number;
  readonly seconds: number;
  /** The committed data to be replaced; `undefined` for an append. */
  readonly replaces: {
    readonly requests: Manifest["requests"];
    readonly rows: Readonly<Record<TableName, number>>;
    /** Whether synthetic people would replace others, which needs an explicit option. */
    readonly refused: boolean;
  } | undefined;
}

function pageCount({ batches }: Source): number {
  return batches.reduce((sum, { pages }) => sum + pages.length, 0);
}

/** Page size and rate; 0 if nothing is fetched. */
function pace({ source, client }: Planned): { pageSize: number; rate: number } {
  const { pageSize = 0, rate = 0 } = client?.request ?? {};
  return { pageSize: Math.min(pageSize, source.people ?? pageSize), rate };
}

/** Approximate seconds of requests, including waits for the limit. */
function secondsFor(requests: number, { pageSize, rate }: ReturnType<typeof pace>): number {
  const answers = requests * Math.max(ANSWER.least, pageSize * ANSWER.person);
  if (rate === 0) return answers;
  const windows = Math.ceil(requests / Math.floor(rate / pageSize));
  return Math.max(answers, (windows - 1) * WINDOW / 1000);
}

/** Approximate seconds to fetch all pages; 0 if nothing is fetched. */
export function fetchTime(planned: Planned): number {
  return planned.client === undefined ? 0 : secondsFor(pageCount(planned.source), pace(planned));
}

async function replaced(root: string, request: Request): Promise<Estimate["replaces"]> {
  const folder = await committedTables(root);
  if (folder === undefined) return undefined;
  const { requests, tables } = await readManifest(folder);
  const rows = TABLE_NAMES.map((name) => [name, tables[name].rows]);
  const { refused = false } = replacementOf({ requests, tables }, request) ?? {};
  return { requests, rows: Object.fromEntries(rows) as Record<TableName, number>, refused };
}

/** Estimates a run; reads the dataset and writes nothing. */
export async function estimate(
  planned: Planned,
  { root, mode }: { root: string; mode: Mode },
): Promise<Estimate> {
  const { source, client } = planned;
  const folder = `${layout(root).staging}/${runId(source)}`;
  const pages = pageCount(source);
  const built = await countBuiltBatches(source, folder);
  const fetched = await countStagedPages(`${folder}/pages`);
  const requests = client === undefined ? 0 : pages - fetched;
  const { pageSize, rate } = pace(planned);
  return {
    request: source.request,
    pages,
    parts: source.batches.length,
    people: source.people,
    done: { pages: fetched, batches: built },
    requests,
    bytes: requests * pageSize * PERSON_BYTES,
    rate,
    seconds: client === undefined ? 0 : secondsFor(requests, { pageSize, rate }),
    replaces: mode === "replace" ? await replaced(root, source.request) : undefined,
  };
}
