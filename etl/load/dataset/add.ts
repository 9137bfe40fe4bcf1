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

/** Excludes people who were forgotten later: restored tables may contain them. */
export function heldPieces({ tables, manifest }: Dataset, forgotten: ForgottenIds): Piece[] {
  const pieces = committedPieces(tables, manifest);
  if (manifest.forgotten?.sha256 === sealOf(forgotten)?.sha256) return pieces;
  const left = findRepeated(pieces.map((piece) => ({ ids: idsOf(piece) })), { forgotten });
  return pieces.map((piece, at) => ({ ...piece, leave: left.get(at)?.positions }));
}

export function countLeft(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { leave }) => sum + (leave?.size ?? 0), 0);
}

function idsOf({ idsPath, ids }: Piece): IdsFile {
  return { path: idsPath, checksum: ids };
}

type Assigned = { readonly batch: Staged; readonly request: number };

function newPieces(
  staged: readonly Assigned[],
  { present, forgotten }: { present: readonly Piece[]; forgotten: ForgottenIds },
) {
  const all = staged.map(({ batch, request }) => stagedPiece(batch, request));
  const left = findRepeated(
    staged.map(({ batch: { folder, batch } }, at) => ({
      ids: idsOf(all[at]!),
      ranks: { path: `${folder}/${RANKS_FILE}`, checksum: batch.files.ranks },
    })),
    { present: present.map(idsOf), forgotten },
  );
  const pieces = all.map((piece, at) => ({ ...piece, leave: left.get(at)?.positions }));
  const lost = [...left.values()];
  return {
    pieces,
    added: pieces.reduce((sum, piece) => sum + keptRows(piece), 0),
    repeated: lost.reduce((sum, { repeated }) => sum + repeated, 0),
    forgotten: lost.reduce((sum, { forgotten }) => sum + forgotten, 0),
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
  readonly knownRejects: number;
}

export interface Committed {
  readonly manifest: Manifest;
  readonly people: Manifest["people"] & { readonly added: number };
}

interface Change extends Pick<Manifest, "requests" | "rejects"> {
  readonly base: Dataset | undefined;
  readonly forgotten: ForgottenIds;
  readonly staged: readonly Assigned[];
  readonly received: number;
  /** Number of duplicates in addition to those of the batches. */
  readonly repeated?: number;
}

const NOBODY: Manifest["people"] = { received: 0, rejected: 0, repeated: 0, forgotten: 0 };

/** Changes nothing if no row or reject is new, nobody is forgotten and the version is the same. */
export async function commitStaged(
  root: string,
  { base, forgotten, staged, requests, rejects, received, repeated: others = 0 }: Change,
) {
  const present = base ? heldPieces(base, forgotten) : [];
  const erased = countLeft(present);
  const { pieces, ...fresh } = newPieces(staged, { present, forgotten });
  const repeated = staged.reduce(
    (sum, { batch: { batch } }) => sum + batch.people.repeated,
    fresh.repeated + others,
  );
  const isCurrent = base?.manifest.format === MANIFEST_FORMAT;
  if (isCurrent && fresh.added + erased === 0 && rejects === base.manifest.rejects) {
    return { ...fresh, repeated, manifest: base.manifest };
  }
  const references = base ? await readReferences(base.tables, base.manifest) : makeReferences();
  for (const { batch: { batch } } of staged) addReferences(references, batch.references);
  const { people } = base?.manifest ?? { people: NOBODY };
  const manifest = await commitTables(root, {
    pieces: [...present, ...pieces],
    references,
    prune: fresh.forgotten + erased > 0,
    people: {
      received: people.received + received,
      rejected: rejects.reduce((sum, { rows }) => sum + rows, 0),
      repeated: people.repeated + repeated,
      forgotten: people.forgotten + fresh.forgotten + erased,
    },
    requests,
    rejects,
    forgotten,
  });
  return { ...fresh, repeated, manifest };
}

export async function commitBatches(
  { root, mode, before, request, batches, rejects: file, knownRejects }: BatchesTask,
): Promise<Committed> {
  const base = mode === "append" ? before.dataset : undefined;
  const { requests, rejects } = base?.manifest ?? { requests: [], rejects: [] };
  const text = JSON.stringify(request);
  const known = requests.findIndex((other) => JSON.stringify(other) === text);
  const position = known === -1 ? requests.length : known;
  const received = batches.reduce((sum, { batch }) => sum + batch.people.received, 0);
  const { manifest, added, repeated, forgotten } = await commitStaged(root, {
    base,
    forgotten: before.forgotten,
    staged: batches.map((batch) => ({ batch, request: position })),
    requests: known === -1 ? [...requests, request] : requests,
    rejects: file ? [...rejects, { request: position, ...file }] : rejects,
    received,
    repeated: knownRejects,
  });
  const rejected = file?.rows ?? 0;
  return { manifest, people: { received, rejected, repeated, forgotten, added } };
}
