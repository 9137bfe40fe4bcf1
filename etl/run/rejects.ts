// The rejects of a run, gathered from its batches, and rejects grouped by cause.
import {
  linesIntact,
  type Manifest,
  readRejects,
  REJECTS_FILE,
  rejectsOf,
  type RejectsPath,
  type Staged,
  writeRejects,
  type WrittenRejects,
} from "../load/dataset/mod.ts";
import { sha256 } from "../common/sha256.ts";
import type { Reject } from "../transform/validate/person.ts";

/** Rejects that failed the same rule at the same path. */
export interface Cause {
  readonly path: string;
  readonly rule: string;
  readonly expected: string;
  readonly count: number;
  /** Where the first of them stands. */
  readonly first: { readonly page: string; readonly row: number; readonly received: string };
  /** How many pages have some. */
  readonly pages: number;
  /** The first of these pages. */
  readonly examples: readonly string[];
}

/** Pages named for each cause. */
const EXAMPLES = 5;

/** Groups rejects by path, rule and expectation as they come by. */
class Causes {
  readonly #causes = new Map<string, Omit<Cause, "pages"> & { readonly pages: Set<string> }>();

  add({ path, rule, expected, page, row, received }: Reject): void {
    const key = JSON.stringify([path, rule, expected]);
    const known = this.#causes.get(key);
    const first = known?.first ?? { page, row, received };
    const pages = (known?.pages ?? new Set()).add(page);
    const count = (known?.count ?? 0) + 1;
    this.#causes.set(key, { path, rule, expected, count, first, pages, examples: [] });
  }

  /** The causes, the most frequent first. */
  list(): Cause[] {
    return [...this.#causes.values()].sort((a, b) => b.count - a.count)
      .map(({ pages, ...cause }) => ({
        ...cause,
        pages: pages.size,
        examples: [...pages].slice(0, EXAMPLES),
      }));
  }
}

/** The causes of the rejects in some files, the most frequent first. */
export async function causesIn(files: readonly RejectsPath[]): Promise<Cause[]> {
  const causes = new Causes();
  for await (const reject of readRejects(files)) causes.add(reject);
  return causes.list();
}

/** What a run rejected. */
interface Rejected {
  /** The file of those that are not in a committed one, where there are any. */
  readonly file: WrittenRejects | undefined;
  /** How many are in a committed file already. */
  readonly known: number;
  readonly causes: readonly Cause[];
}

/** 48 bits that stand for a line: a set of numbers takes a tenth of one of lines. */
function lineKey(line: string): number {
  return parseInt(sha256(line).slice(0, 12), 16);
}

async function knownLines(root: string, manifest: Manifest | undefined): Promise<Set<number>> {
  const keys = new Set<number>();
  for (const { path, checksum } of manifest ? rejectsOf(root, manifest) : []) {
    for await (const line of linesIntact(path, checksum)) keys.add(lineKey(line));
  }
  return keys;
}

/** How to save rejects. */
interface SaveOptions {
  readonly root: string;
  /** The tables that a run adds to: what their rejects hold already is left out. */
  readonly added?: Manifest | undefined;
  /** Id of a run that is not committed because of them. */
  readonly failed?: string;
}

/**
 * Writes what the batches rejected, in order. A page that is taken in twice does not list its
 * people twice.
 */
export async function saveRejects(
  staged: readonly Staged[],
  { root, added, failed }: SaveOptions,
): Promise<Rejected> {
  const causes = new Causes();
  const known = await knownLines(root, added);
  let repeated = 0;
  async function* lines(): AsyncGenerator<string, void> {
    for (const { folder, batch } of staged) {
      for await (const line of linesIntact(`${folder}/${REJECTS_FILE}`, batch.files.rejects)) {
        causes.add(JSON.parse(line));
        if (known.has(lineKey(line))) repeated++;
        else yield line;
      }
    }
  }
  const file = await writeRejects(root, {
    lines: lines(),
    ...(failed !== undefined && { failed }),
  });
  return { file, known: repeated, causes: causes.list() };
}
