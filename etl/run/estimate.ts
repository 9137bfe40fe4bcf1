// Synthetic people replace real people only on request, since real ones could not be restored.
import { TABLE_NAMES, type TableName } from "../../schema/mod.ts";
import { peopleCount } from "../common/counts.ts";
import { UsageError } from "../common/errors.ts";
import {
  type CommittedState,
  committedTables,
  isForeign,
  layout,
  type Manifest,
  type Mode,
  readManifest,
} from "../load/dataset/mod.ts";
import { WINDOW } from "../extract/api/budget.ts";
import type { Request } from "../extract/pages/pages.ts";
import type { Plan } from "./plan.ts";
import { pageCount, progressOf, runId } from "./run_folder.ts";
import type { Run } from "./stage.ts";

/** Approximate bytes of a person in a compressed response. */
const PERSON_BYTES = 300;

/** Approximate seconds of a response: a minimum, and a share per person. */
const ANSWER = { least: 0.2, person: 1 / 5000 } as const;

export interface Estimate {
  readonly request: Request;
  readonly pages: number;
  /** Parts of each table with a row per person. */
  readonly parts: number;
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

function peoplePerPage({ source, client }: Plan): number {
  return client === undefined ? 0 : Math.min(client.request.pageSize, source.people ?? Infinity);
}

/** Approximate seconds of requests, including waits for the limit; 0 if nothing is fetched. */
export function fetchTime(plan: Plan, requests = pageCount(plan.source)): number {
  if (plan.client === undefined) return 0;
  const { rate } = plan.client.request;
  const people = peoplePerPage(plan);
  const answers = requests * Math.max(ANSWER.least, people * ANSWER.person);
  if (rate === 0) return answers;
  const windows = Math.ceil(requests / Math.floor(rate / people));
  return Math.max(answers, (windows - 1) * WINDOW / 1000);
}

/** Estimates a run; reads the dataset and writes nothing. */
export async function estimate(
  plan: Plan,
  { root, mode }: { root: string; mode: Mode },
): Promise<Estimate> {
  const { source, client } = plan;
  const folder = `${layout(root).staging}/${runId(source)}`;
  const pages = pageCount(source);
  const done = await progressOf(source, folder);
  const requests = client === undefined ? 0 : pages - done.pages;
  return {
    request: source.request,
    pages,
    parts: source.batches.length,
    people: source.people,
    done,
    requests,
    bytes: requests * peoplePerPage(plan) * PERSON_BYTES,
    rate: client?.request.rate ?? 0,
    seconds: fetchTime(plan, requests),
    replaces: mode === "replace" ? await replaced(root, source.request) : undefined,
  };
}

async function replaced(root: string, request: Request): Promise<Estimate["replaces"]> {
  const folder = await committedTables(root);
  if (folder === undefined) return undefined;
  const { requests, tables } = await readManifest(folder);
  const rows = TABLE_NAMES.map((name) => [name, tables[name].rows]);
  const { refused = false } = replacementOf({ requests, tables }, request) ?? {};
  return { requests, rows: Object.fromEntries(rows) as Record<TableName, number>, refused };
}

function isSynthetic({ source, landed }: Request): boolean {
  return source === "sample" || source === "synthetic" || landed === "synthetic";
}

function nameOf({ source = "", api }: Request): string {
  return api === undefined ? `${source}` : `${source} ${api}`;
}

/** Finds the people to be replaced; `undefined` if all are of the same source. */
export function replacementOf(
  { requests, tables }: Pick<Manifest, "requests" | "tables">,
  request: Request,
) {
  const others = requests.filter((other) => nameOf(other) !== nameOf(request));
  if (others.length === 0 || tables.users.rows === 0) return undefined;
  return {
    people: tables.users.rows,
    sources: [...new Set(requests.map(nameOf))],
    refused: isSynthetic(request) && others.some((other) => !isSynthetic(other)),
  };
}

async function unknownTables(root: string, request: Request) {
  if (await committedTables(root) === undefined && !await isForeign(root)) return undefined;
  return { people: undefined, sources: ["unknown"], refused: isSynthetic(request) };
}

/** Logs the replacement; throws a `UsageError` if synthetic people would replace others unasked. */
export async function checkReplacement(
  { dataset }: CommittedState,
  { source: { request }, options, effects: { log } }: Pick<Run, "source" | "options" | "effects">,
): Promise<void> {
  const { root, replaceOther = false } = options;
  const replaced = dataset === undefined
    ? await unknownTables(root, request)
    : replacementOf(dataset.manifest, request);
  if (replaced === undefined) return;
  const { people, refused } = replaced;
  const sources = replaced.sources.join(", ");
  const words = `${people === undefined ? "tables" : peopleCount(people)} of source ${sources}`;
  if (refused && !replaceOther) {
    throw new UsageError(
      `Cannot replace ${words} in ${root} with those of source ${request["source"]}`,
      { step: "open", next: { code: "replaces_others", data: root, request } },
    );
  }
  log({
    event: "run.replaces",
    message: `Will replace ${words} in ${root}`,
    data: { ...(people !== undefined && { users: people }), sources },
  });
}
