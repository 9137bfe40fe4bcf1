// The results of earlier checks, one line per run: outcomes, counts, and the frequency of values
// in public columns. The report shows them, and checks compare distributions with them.
import * as v from "valibot";
import { STAGES } from "../../common/stages.ts";
import { DestinationError } from "../../common/errors.ts";
import { makeFolder, PRIVATE, readIfThere } from "./files.ts";

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const RUN = v.object({
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
  /** The number of occurrences of each value, by `table.column`. */
  profile: v.record(v.string(), v.record(v.string(), COUNT)),
});

export type PastCheck = v.InferOutput<typeof RUN>;

export function historyPath(data: string): string {
  return `${data}/checks/history.ndjson`;
}

function parseLine(line: string): PastCheck[] {
  try {
    return [v.parse(RUN, JSON.parse(line))];
  } catch {
    return []; // Skips lines that a crash cut off or another version wrote.
  }
}

/** Reads the history, oldest first. */
export async function readHistory(data: string): Promise<PastCheck[]> {
  const text = new TextDecoder().decode(await readIfThere(historyPath(data)));
  return text.split("\n").filter((line) => line !== "").flatMap(parseLine);
}

/** Returns the last run of the same stage and database that passed. */
export function baselineOf(
  history: readonly PastCheck[],
  { stage, database }: Pick<PastCheck, "stage" | "database">,
): PastCheck | undefined {
  return history.findLast((run) => run.stage === stage && run.database === database && run.passed);
}

export async function appendHistory(data: string, run: PastCheck): Promise<void> {
  const path = historyPath(data);
  try {
    await makeFolder(`${data}/checks`);
    // Starts on a new line, because a crash may have cut off the last line.
    await Deno.writeTextFile(path, `\n${JSON.stringify(run)}\n`, { append: true, mode: PRIVATE });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DestinationError(`Cannot write ${path}: ${reason}`, { step: "check", cause });
  }
}
