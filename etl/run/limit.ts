// The limit of rejects; above it a run commits nothing.
import type { Staged } from "../load/dataset/mod.ts";
import { number } from "../common/counts.ts";
import { DataError } from "../common/errors.ts";
import { saveRejects } from "./rejects.ts";

/** A number of people, or a share of them. */
export type MaxRejects = { readonly people: number } | { readonly share: number };

function tooMany(rejected: number, received: number, max: MaxRejects): boolean {
  // 0.29 * 100 is slightly less than 29.
  const allowed = "people" in max ? max.people : Math.floor(max.share * received + 1e-6);
  return rejected > allowed;
}

interface Refusal {
  readonly why: string;
  readonly code: "nobody_valid" | "rejects_over_limit";
}

/** The reason why a run must not be committed. */
function refusal(batches: readonly Staged[], max: MaxRejects): Refusal | undefined {
  const sum = (count: (staged: Staged) => number) =>
    batches.reduce((total, staged) => total + count(staged), 0);
  const received = sum(({ batch }) => batch.people.received);
  const rejected = sum(({ batch }) => batch.people.rejected);
  const of = `${number(received)} people`;
  const valid = sum(({ batch }) => batch.parts.users.rows);
  if (valid === 0) return { why: `no valid person among ${of}`, code: "nobody_valid" };
  if (!tooMany(rejected, received, max)) return undefined;
  const why = `${number(rejected)} of ${of} failed a rule, more than the limit allows`;
  return { why, code: "rejects_over_limit" };
}

interface RejectLimit {
  readonly root: string;
  readonly id: string;
  readonly max: MaxRejects;
}

/** Throws a `DataError` above the limit and saves the rejects separately from the tables. */
export async function checkRejects(
  batches: readonly Staged[],
  { root, id, max }: RejectLimit,
): Promise<void> {
  const refused = refusal(batches, max);
  if (refused === undefined) return;
  const { file } = await saveRejects(batches, { root, failed: id });
  throw new DataError(`Commit nothing: ${refused.why}, tables unchanged`, {
    step: "validate",
    next: file === undefined ? "Give a source that has people" : { code: refused.code, data: root },
  });
}
