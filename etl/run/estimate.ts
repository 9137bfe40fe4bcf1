// What a run will take and change, before it does anything.
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
import { countBuiltBatches, runId } from "./folder.ts";

/** Bytes of one person in a compressed answer, about. */
const PERSON_BYTES = 300;

/** Seconds for an answer: at least, and more for each person on it, about. */
const ANSWER = { least: 0.2, person: 1 / 5000 } as const;

/** What is planned. */
interface Planned {
  readonly source: Source;
  /** The client where pages must be fetched. */
  readonly client?: RandomUser;
}

/** What a run will take and change. */
export interface Estimate {
  readonly request: Request;
  readonly pages: number;
  /** Parts of each table that has rows for each person. */
  readonly parts: number;
  /** People asked for, where known. */
  readonly people: number | undefined;
  /** Pages and batches that an earlier run of the same request has left. */
  readonly done: { readonly pages: number; readonly batches: number };
  /** Requests still to send. */
  readonly requests: number;
  /** Bytes to download, about. */
  readonly bytes: number;
  /** People in 5 minutes, 0 for no limit. */
  readonly rate: number;
  /** Seconds of fetching, about. */
  readonly seconds: number;
  /** What is committed now and will be replaced; nothing in an append. */
  readonly replaces: {
    readonly requests: Manifest["requests"];
    readonly rows: Readonly<Record<TableName, number>>;
    /** Whether made-up people would replace others, which has to be asked for. */
    readonly refused: boolean;
  } | undefined;
}

function pageCount({ batches }: Source): number {
  return batches.reduce((sum, { pages }) => sum + pages.length, 0);
}

/** People on a page, and how many of them in 5 minutes; nobody where nothing is fetched. */
function pace({ source, client }: Planned): { pageSize: number; rate: number } {
  const { pageSize = 0, rate = 0 } = client?.request ?? {};
  return { pageSize: Math.min(pageSize, source.people ?? pageSize), rate };
}

/** Seconds that so many requests take, about, with the waits for the limit between them. */
function secondsFor(requests: number, { pageSize, rate }: ReturnType<typeof pace>): number {
  const answers = requests * Math.max(ANSWER.least, pageSize * ANSWER.person);
  if (rate === 0) return answers;
  const windows = Math.ceil(requests / Math.floor(rate / pageSize));
  return Math.max(answers, (windows - 1) * WINDOW / 1000);
}

/** Seconds that fetching all pages takes, about; 0 where nothing is fetched. */
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

/** Estimates a run into a dataset; reads what is there, writes nothing. */
export async function estimate(
  planned: Planned,
  { root, mode }: { readonly root: string; readonly mode: Mode },
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
