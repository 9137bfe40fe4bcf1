// The history of commits, one line for each. It is outside the tables because it contains times,
// and the same request must give the same tables.
import { TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { onDisk, PRIVATE, readIfThere } from "./files.ts";
import { DestinationError } from "../../common/errors.ts";
import type { Committed } from "./add.ts";
import type { Manifest } from "./manifest.ts";

export interface PastRun {
  readonly at: string;
  readonly request: Manifest["requests"][number];
  readonly rows: Readonly<Record<TableName, number>>;
  readonly received: number;
  readonly rejected: number;
  readonly seconds: number;
}

export function historyPath(root: string): string {
  return `${root}/runs.ndjson`;
}

/** A time span in milliseconds since 1970. */
interface Span {
  readonly began: number;
  readonly ended: number;
}

/** Adds a commit. A full disk does not fail the run here, it only loses a point of a plot. */
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
    // Starts on a new line, because a crash may have cut off the last line.
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

/** Reads the history, oldest first, and skips broken lines. */
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
