// Collects the rejects of a run, and groups rejects by cause.
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

/** Rejects with the same rule and path. */
export interface Cause {
  readonly path: string;
  readonly rule: string;
  readonly expected: string;
  readonly count: number;
  readonly first: { readonly page: string; readonly row: number; readonly received: string };
  /** Number of pages with such rejects; `examples` names some. */
  readonly pages: number;
  readonly examples: readonly string[];
}

/** Most pages named per cause. */
const EXAMPLES = 5;

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

  list(): Cause[] {
    return [...this.#causes.values()].sort((a, b) => b.count - a.count)
      .map(({ pages, ...cause }) => ({
        ...cause,
        pages: pages.size,
        examples: [...pages].slice(0, EXAMPLES),
      }));
  }
}

/** Groups rejects by cause, the most frequent first. */
export async function causesIn(files: readonly RejectsPath[]): Promise<Cause[]> {
  const causes = new Causes();
  for await (const reject of readRejects(files)) causes.add(reject);
  return causes.list();
}

interface Rejected {
  /** The file of the rejects that no committed file contains. */
  readonly file: WrittenRejects | undefined;
  /** Number of rejects in a committed file. */
  readonly known: number;
  readonly causes: readonly Cause[];
}

/** Hashes a line to 48 bits: a set of numbers needs a tenth of the memory. */
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

interface SaveOptions {
  readonly root: string;
  /** The tables of an append, to omit rejects that they already have. */
  readonly added?: Manifest | undefined;
  /** The run that fails because of the rejects. */
  readonly failed?: string;
}

/** Saves rejects in order; a page of an earlier append does not repeat its rejects. */
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
