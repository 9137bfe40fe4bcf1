// Commits staged batches: replaces all people, or adds to the existing people.
import { makeReferences } from "../../transform/normalise/mod.ts";
import { commitTables } from "./commit.ts";
import { type ForgottenIds, sealOf } from "./forgotten.ts";
import {
  type CommittedRequest,
  type Manifest,
  MANIFEST_FORMAT,
  type RejectsFile,
} from "./manifest.ts";
import type { CommittedState, Dataset, Mode } from "./open.ts";
import { committedPieces, keptRows, type Piece, stagedPiece } from "./parts.ts";
import { addReferences, readReferences } from "./references.ts";
import { findRepeated, type IdsFile } from "./repeated.ts";
import { RANKS_FILE, type Staged } from "./staged.ts";

/**
 * Returns the committed parts, without people who were forgotten later: restored tables may contain
 * them.
 */
export function heldPieces({ tables, manifest }: Dataset, forgotten: ForgottenIds): Piece[] {
  const pieces = committedPieces(tables, manifest);
  if (manifest.forgotten?.sha256 === sealOf(forgotten)?.sha256) return pieces;
  const left = findRepeated(pieces.map((piece) => ({ ids: idsOf(piece) })), { forgotten });
  return pieces.map((piece, at) => ({ ...piece, leave: left.get(at)?.positions }));
}

export function countLeft(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { leave }) => sum + (leave?.size ?? 0), 0);
}

interface NewPieces {
  readonly pieces: readonly Piece[];
  readonly added: number;
  readonly repeated: number;
  readonly forgotten: number;
}

function idsOf({ idsPath, ids }: Piece): IdsFile {
  return { path: idsPath, checksum: ids };
}

function ranksOf({ folder, batch }: Staged): IdsFile {
  return { path: `${folder}/${RANKS_FILE}`, checksum: batch.files.ranks };
}

/** Decides which people of staged batches to add. */
export function newPieces(
  staged: readonly { readonly batch: Staged; readonly request: number }[],
  { present, forgotten }: { present: readonly Piece[]; forgotten: ForgottenIds },
): NewPieces {
  const all = staged.map(({ batch, request }) => stagedPiece(batch, request));
  const left = findRepeated(
    all.map((piece, at) => ({ ids: idsOf(piece), ranks: ranksOf(staged[at]!.batch) })),
    { present: present.map(idsOf), forgotten },
  );
  const pieces = all.map((piece, at) => ({ ...piece, leave: left.get(at)?.positions }));
  const sum = (count: (left: { repeated: number; forgotten: number }) => number) =>
    [...left.values()].reduce((total, left) => total + count(left), 0);
  return {
    pieces,
    added: pieces.reduce((total, piece) => total + keptRows(piece), 0),
    repeated: sum(({ repeated }) => repeated),
    forgotten: sum(({ forgotten }) => forgotten),
  };
}

interface BatchesTask {
  readonly root: string;
  readonly mode: Mode;
  readonly before: CommittedState;
  readonly request: CommittedRequest;
  readonly batches: readonly Staged[];
  /** `undefined` if a committed file already contains them. */
  readonly rejects: Omit<RejectsFile, "request"> | undefined;
  /** The number of rejects that a committed file already contains. */
  readonly knownRejects: number;
}

export interface Committed {
  readonly manifest: Manifest;
  readonly people: Manifest["people"] & { readonly added: number };
}

function positionOf(request: CommittedRequest, requests: readonly CommittedRequest[]): number {
  const text = JSON.stringify(request);
  const known = requests.findIndex((other) => JSON.stringify(other) === text);
  return known === -1 ? requests.length : known;
}

function countPeople({ batches, rejects, knownRejects }: BatchesTask, fresh: NewPieces) {
  const sum = (count: (batch: Staged) => number) =>
    batches.reduce((total, batch) => total + count(batch), 0);
  return {
    received: sum(({ batch }) => batch.people.received),
    rejected: rejects?.rows ?? 0,
    repeated: sum(({ batch }) => batch.people.repeated) + fresh.repeated + knownRejects,
    forgotten: fresh.forgotten,
    added: fresh.added,
  };
}

const NOBODY: Manifest["people"] = { received: 0, rejected: 0, repeated: 0, forgotten: 0 };

/**
 * Commits batches. An append changes nothing if it adds no person and no reject, the tables contain
 * no forgotten people, and this version of debr wrote them.
 */
export async function commitBatches(task: BatchesTask): Promise<Committed> {
  const { root, mode, before, request, batches, rejects } = task;
  const base = mode === "append" ? before.dataset : undefined;
  const present = base ? heldPieces(base, before.forgotten) : [];
  const erased = countLeft(present);
  const held = base?.manifest ?? { people: NOBODY, requests: [], rejects: [] };
  const position = positionOf(request, held.requests);
  const fresh = newPieces(
    batches.map((batch) => ({ batch, request: position })),
    { present, forgotten: before.forgotten },
  );
  const people = countPeople(task, fresh);
  const isCurrent = base?.manifest.format === MANIFEST_FORMAT;
  if (isCurrent && fresh.added + erased === 0 && rejects === undefined) {
    return { manifest: base.manifest, people };
  }
  const references = base ? await readReferences(base.tables, base.manifest) : makeReferences();
  for (const { batch } of batches) addReferences(references, batch.references);
  const manifest = await commitTables(root, {
    pieces: [...present, ...fresh.pieces],
    references,
    prune: fresh.forgotten + erased > 0,
    people: {
      received: held.people.received + people.received,
      rejected: held.people.rejected + people.rejected,
      repeated: held.people.repeated + people.repeated,
      forgotten: held.people.forgotten + people.forgotten + erased,
    },
    requests: position < held.requests.length ? held.requests : [...held.requests, request],
    rejects: [...held.rejects, ...(rejects ? [{ request: position, ...rejects }] : [])],
    forgotten: before.forgotten,
  });
  return { manifest, people };
}
