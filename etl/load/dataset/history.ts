// How the dataset grew: one line a commit. It stands beside the tables, since it holds times of day
// and the tables do not: the same request gives the same tables, at another time.
import { TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { onDisk, PRIVATE, readIfThere } from "./files.ts";
import { DestinationError } from "../../common/errors.ts";
import type { Committed } from "./add.ts";
import type { Manifest } from "./manifest.ts";

/** A commit, as the history keeps it. */
export interface PastRun {
  /** When it was done, as ISO text in UTC. */
  readonly at: string;
  /** What was asked for. */
  readonly request: Manifest["requests"][number];
  /** Rows of each table after it. */
  readonly rows: Readonly<Record<TableName, number>>;
  readonly received: number;
  readonly rejected: number;
  /** Seconds it took. */
  readonly seconds: number;
}

/** Where the history of a dataset is. */
export function historyPath(root: string): string {
  return `${root}/runs.ndjson`;
}

/** When a run began and ended, in milliseconds since 1970. */
interface Span {
  readonly began: number;
  readonly ended: number;
}

/**
 * Adds a commit to the history. A disk that is full now does not undo the commit, so the run does
 * not fail of it; all that is lost is a point of a plot.
 */
export async function rememberRun(
  root: string,
  { manifest, people, began, ended }: Span & Committed,
): Promise<void> {
  const rows = TABLE_NAMES.map((name) => [name, manifest.tables[name].rows]);
  const run: PastRun = {
    at: new Date(ended).toISOString(),
    request: manifest.requests.at(-1) ?? {},
    rows: Object.fromEntries(rows),
    received: people.received,
    rejected: people.rejected,
    seconds: (ended - began) / 1000,
  };
  const path = historyPath(root);
  try {
    // A line that a crash cut off ends here, not in the middle of the new one.
    await onDisk(
      path,
      () => Deno.writeTextFile(path, `\n${JSON.stringify(run)}\n`, { append: true, mode: PRIVATE }),
    );
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
  }
}

function isRun(value: unknown): value is PastRun {
  const { at, rows, received, rejected, seconds } = (value ?? {}) as Partial<PastRun>;
  return typeof at === "string" && !Number.isNaN(Date.parse(at)) &&
    TABLE_NAMES.every((name) => Number.isSafeInteger(rows?.[name])) &&
    [received, rejected, seconds].every((count) => typeof count === "number");
}

/** The commits of a dataset, oldest first; lines that were cut off are as if they had not been. */
export async function readRuns(root: string): Promise<PastRun[]> {
  const text = new TextDecoder().decode(await readIfThere(historyPath(root)));
  return text.split("\n").flatMap((line) => {
    try {
      const run: unknown = JSON.parse(line);
      return isRun(run) ? [run] : [];
    } catch {
      return [];
    }
  });
}
