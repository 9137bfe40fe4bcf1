/**
 * The people who failed a rule, by cause. Their values were masked when they were written.
 *
 * @module
 */
import { layout } from "../load/dataset/paths.ts";
import type { Reject } from "../transform/validate/person.ts";

/** Rejects that failed the same rule at the same path. */
export interface RejectCause {
  readonly path: string;
  readonly rule: string;
  readonly expected: string;
  readonly count: number;
  /** The first of them. */
  readonly first: { readonly page: string; readonly row: number; readonly received: string };
}

/** Files of committed tables: those of runs that failed have other names. */
const COMMITTED = /^[0-9a-f]{16}\.ndjson$/;

async function* rejectFiles(folder: string): AsyncGenerator<string, void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (COMMITTED.test(name)) yield `${folder}/${name}`;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function* lines(path: string): AsyncGenerator<string, void> {
  const file = await Deno.open(path);
  let rest = "";
  for await (const chunk of file.readable.pipeThrough(new TextDecoderStream())) {
    const found = (rest + chunk).split("\n");
    rest = found.pop() ?? "";
    yield* found;
  }
  yield rest;
}

/** The causes of a dataset's rejects, the most frequent first. */
export async function rejectCauses(root: string): Promise<RejectCause[]> {
  const causes = new Map<string, RejectCause>();
  const paths = await Array.fromAsync(rejectFiles(layout(root).rejects));
  for (const path of paths.sort()) {
    for await (const line of lines(path)) {
      if (line === "") continue;
      const { path, rule, expected, page, row, received }: Reject = JSON.parse(line);
      const key = JSON.stringify([path, rule, expected]);
      const known = causes.get(key);
      const first = known?.first ?? { page, row, received };
      causes.set(key, { path, rule, expected, count: (known?.count ?? 0) + 1, first });
    }
  }
  return [...causes.values()].sort((a, b) => b.count - a.count);
}
