import { PERSON_TABLES } from "../../transform/normalise/mod.ts";
import { plural } from "../../common/counts.ts";
import { UsageError } from "../../common/errors.ts";
import { findId, idAt, parseId, searchIds } from "./ids.ts";
import { checkIntact, readPart } from "./intact.ts";
import type { CommittedRequest, LineageBatch } from "./manifest.ts";
import { openDataset } from "./open.ts";
import { committedPieces, type Piece } from "./parts.ts";

/** The origin, without values of the person. */
interface Origin {
  /** Includes the part of `altids`, even if the person has no alternative id. */
  readonly parts: readonly string[];
  readonly request: CommittedRequest;
  /** The pages of the batch; one of them contained the person. */
  readonly pages: LineageBatch["pages"];
}

/** Parses an id. Throws a `UsageError` that does not repeat the text. */
export function requireId(text: string): Uint8Array<ArrayBuffer> {
  const id = parseId(text);
  if (id !== undefined) return id;
  throw new UsageError(`Cannot read ${plural(text.length, "character")} as a user_id`, {
    step: "arguments",
    next: "Write it as in users: 8, 4, 4, 4 and 12 hexadecimal digits with hyphens",
  });
}

export function unknownId(root: string): UsageError {
  return new UsageError(`Cannot find that person: no part under ${root}/tables has the id`, {
    step: "arguments",
    next: { code: "person_unknown", data: root },
  });
}

async function batchOf(piece: Piece, id: Uint8Array): Promise<Piece["lineage"][number]> {
  const [only] = piece.lineage;
  if (piece.lineage.length === 1 && only) return only;
  const users = await readPart(piece.path("users"), { table: "users", part: piece.parts.users });
  const ids = users.columns["user_id"] as Uint8Array;
  let row = 0;
  while (row < users.rows && searchIds(idAt(ids, row), id) === -1) row++;
  let end = 0;
  const found = piece.lineage.find(({ rows }) => row < (end += rows));
  if (found === undefined) throw new RangeError(`Cannot place row ${row} of ${users.rows}`);
  return found;
}

export async function lineageOf(root: string, userId: string): Promise<Origin> {
  const id = requireId(userId);
  const { tables, manifest } = await openDataset(root);
  const pieces = committedPieces(tables, manifest);
  const piece = pieces.find(({ idsPath }) => findId(idsPath, id) !== -1);
  if (piece === undefined) {
    // A damaged index must not report an existing person as unknown.
    for (const { idsPath, ids } of pieces) if (ids) await checkIntact(idsPath, ids);
    throw unknownId(root);
  }
  const { request, pages } = await batchOf(piece, id);
  return {
    parts: PERSON_TABLES.map((table) => piece.path(table)),
    request: manifest.requests[request]!,
    pages,
  };
}
