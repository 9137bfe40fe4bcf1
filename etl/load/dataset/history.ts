// Histories are outside the tables, because they contain times: a request must give the same bytes.
import * as v from "valibot";
import { TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import { parseJson, unless } from "../../common/missing.ts";
import { STAGES } from "../../common/stages.ts";
import type { Committed } from "./add.ts";
import { appendText, makeFolder, readIfThere } from "./files.ts";
import { COUNT, REQUEST } from "./manifest.ts";

const COMMIT = v.object({
  at: v.pipe(v.string(), v.check((at) => !Number.isNaN(Date.parse(at)))),
  request: REQUEST,
  rows: v.object(v.entriesFromList(TABLE_NAMES, COUNT)),
  received: v.number(),
  rejected: v.number(),
  seconds: v.number(),
});

const CHECK = v.object({
  at: v.string(),
  stage: v.picklist(STAGES),
  /** The URL of the database without its password. */
  database: v.optional(v.string()),
  /** Whether all expectations ran and none of severity `error` failed. */
  passed: v.boolean(),
  rows: v.record(v.string(), COUNT),
  expectations: v.record(
    v.string(),
    v.object({
      verdict: v.picklist(["passed", "failed", "skipped", "broken"]),
      severity: v.picklist(["error", "warn"]),
      total: v.optional(COUNT),
      failed: v.optional(COUNT),
      observed: v.optional(v.string()),
    }),
  ),
  /** The number of occurrences of each value of a public column, by `table.column`. */
  profile: v.record(v.string(), v.record(v.string(), COUNT)),
});

export type PastRun = v.InferOutput<typeof COMMIT>;

export type PastCheck = v.InferOutput<typeof CHECK>;

export const historyPath = (root: string) => `${root}/runs.ndjson`;

export const checksPath = (root: string) => `${root}/checks/history.ndjson`;

/** Reads lines, oldest first; skips those that a crash cut off or another version wrote. */
async function readLines<const S extends v.GenericSchema>(
  path: string,
  schema: S,
): Promise<v.InferOutput<S>[]> {
  const text = new TextDecoder().decode(await readIfThere(path));
  return text.split("\n").flatMap((line) => {
    const { success, output } = v.safeParse(schema, parseJson(line));
    return success ? [output] : [];
  });
}

/** Starts on a new line, because a crash may have cut off the last line. */
function append(path: string, line: PastRun | PastCheck): Promise<void> {
  return appendText(path, `\n${JSON.stringify(line)}\n`);
}

export const readRuns = (root: string) => readLines(historyPath(root), COMMIT);

export const readHistory = (root: string) => readLines(checksPath(root), CHECK);

/** Adds a commit. A full disk does not fail the run here, it only loses a point of a plot. */
export async function rememberRun(
  root: string,
  { manifest, people, began, ended }: Committed & {
    readonly began: number;
    readonly ended: number;
  },
): Promise<void> {
  const rows = TABLE_NAMES.map((name) => [name, manifest.tables[name].rows] as const);
  const run: PastRun = {
    at: new Date(ended).toISOString(),
    request: manifest.requests.at(-1) ?? {},
    rows: Object.fromEntries(rows) as Record<TableName, number>,
    received: people.received,
    rejected: people.rejected,
    seconds: (ended - began) / 1000,
  };
  await unless((error) => error instanceof DestinationError, append(historyPath(root), run));
}

export async function appendHistory(root: string, run: PastCheck): Promise<void> {
  await makeFolder(`${root}/checks`);
  await append(checksPath(root), run);
}

export function baselineOf(
  history: readonly PastCheck[],
  { stage, database }: Pick<PastCheck, "stage" | "database">,
): PastCheck | undefined {
  return history.findLast((run) => run.stage === stage && run.database === database && run.passed);
}
