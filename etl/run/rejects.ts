import {
  linesIntact,
  type Manifest,
  readRejects,
  REJECTS_FILE,
  rejectsOf,
  type RejectsPath,
  type Staged,
  writeRejects,
} from "../load/dataset/mod.ts";
import { number } from "../common/counts.ts";
import { DataError } from "../common/errors.ts";
import { sha256 } from "../common/sha256.ts";
import type { Reject } from "../transform/validate/person.ts";

/** Rejects with the same rule and path. */
export interface Cause {
  readonly path: string;
  readonly rule: string;
  readonly expected: string;
  readonly count: number;
  readonly first: { readonly page: string; readonly row: number; readonly received: string };
  /** Pages with such rejects; `examples` names some. */
  readonly pages: number;
  readonly examples: readonly string[];
}

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

/** Saves rejects in order, without those that a committed file contains, and counts these. */
export async function saveRejects(
  staged: readonly Staged[],
  { root, added, failed }: {
    readonly root: string;
    /** The tables of an append, to omit rejects that they already have. */
    readonly added?: Manifest | undefined;
    /** The run that fails because of the rejects. */
    readonly failed?: string;
  },
) {
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
  const file = await writeRejects(root, { lines: lines(), failed });
  return { file, known: repeated, causes: causes.list() };
}

export type MaxRejects = { readonly people: number } | { readonly share: number };

/** The reasons when a source has no people, and when it has one. */
const FEW = ["the source has no people", "the only person is not valid"];

/** Throws a `DataError` above the limit and saves the rejects separately from the tables. */
export async function checkRejects(
  batches: readonly Staged[],
  { root, id, max }: { readonly root: string; readonly id: string; readonly max: MaxRejects },
): Promise<void> {
  const sum = (count: (batch: Staged["batch"]) => number) =>
    batches.reduce((total, { batch }) => total + count(batch), 0);
  const received = sum(({ people }) => people.received);
  const rejected = sum(({ people }) => people.rejected);
  const isNobodyValid = sum(({ parts }) => parts.users.rows) === 0;
  // 0.29 * 100 is slightly less than 29.
  const limit = "people" in max ? max.people : Math.floor(max.share * received + 1e-6);
  if (!isNobodyValid && rejected <= limit) return;
  const { file } = await saveRejects(batches, { root, failed: id });
  const why = isNobodyValid
    ? FEW[received] ?? `none of the ${number(received)} people is valid`
    : `${number(rejected)} of ${number(received)} people failed a rule, more than the limit of ${
      number(limit)
    }`;
  const code = isNobodyValid ? "nobody_valid" : "rejects_over_limit";
  throw new DataError(`Nothing committed: ${why}, tables unchanged`, {
    step: "validate",
    next: file === undefined ? "Give a source that has people" : { code, data: root },
  });
}
