/**
 * The rejects of a run, gathered from its batches and grouped by cause.
 *
 * @module
 */
import { REJECTS_FILE } from "../dataset/staged.ts";
import type { Reject } from "../validate/person.ts";

/** Rejects that failed the same rule at the same path. */
export interface Cause {
  readonly path: string;
  readonly rule: string;
  readonly expected: string;
  readonly count: number;
  /** Where the first of them stands. */
  readonly first: { readonly page: string; readonly row: number; readonly received: string };
}

/** Groups rejects by path, rule and expectation, the most frequent first. */
function byCause(rejects: Iterable<Reject>): Cause[] {
  const causes = new Map<string, Cause>();
  for (const { path, rule, expected, page, row, received } of rejects) {
    const key = JSON.stringify([path, rule, expected]);
    const known = causes.get(key);
    const first = known?.first ?? { page, row, received };
    causes.set(key, { path, rule, expected, count: (known?.count ?? 0) + 1, first });
  }
  return [...causes.values()].sort((a, b) => b.count - a.count);
}

/** Reads the rejects of staged batches: all lines in order, and their causes. */
export async function collectRejects(
  folders: readonly string[],
): Promise<{ lines: string; causes: Cause[] }> {
  let lines = "";
  for (const folder of folders) lines += await Deno.readTextFile(`${folder}/${REJECTS_FILE}`);
  const rejects = lines.split("\n").filter((line) => line !== "")
    .map((line): Reject => JSON.parse(line));
  return { lines, causes: byCause(rejects) };
}
