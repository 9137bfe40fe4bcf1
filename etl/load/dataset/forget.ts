// The ids of removed people are stored, so that no later run adds them again.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { sha256 } from "../../common/sha256.ts";
import { countLeft, heldPieces } from "./add.ts";
import { commitTables, type NewTables } from "./commit.ts";
import { writeForgotten } from "./forgotten.ts";
import { decodeIds, idAt, idKeys, joinIds, searchIds } from "./ids.ts";
import { readIntact } from "./intact.ts";
import { type Dataset, lockDataset, openForWriting } from "./open.ts";
import { type Manifest, manifestText } from "./manifest.ts";
import { committedPieces, type Piece } from "./parts.ts";
import { readReferences } from "./references.ts";
import { recover } from "./swap.ts";
import { requireId, unknownId } from "./lineage.ts";

/** The result, without ids or values of the people. */
export interface Receipt {
  readonly removed: number;
  readonly already: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly parts: readonly { readonly file: string; readonly people: number }[];
  readonly staging: readonly string[];
  /** SHA-256 of the manifest before and after. */
  readonly manifest: { readonly before: string; readonly after: string };
}

/** Removes people from unfinished runs and returns the files that contained them. */
type ForgetStaged = (root: string, ids: ReadonlySet<string>) => Promise<string[]>;

function removedRows(before: Manifest, after: Manifest): Receipt["rows"] {
  return Object.fromEntries(
    TABLE_NAMES.map((name) => [name, before.tables[name].rows - after.tables[name].rows] as const)
      .filter(([, rows]) => rows > 0),
  );
}

async function commitWithout(
  root: string,
  { tables, manifest, pieces, forgotten }: Dataset & Pick<NewTables, "pieces" | "forgotten">,
): Promise<Manifest> {
  const { people } = manifest;
  return await commitTables(root, {
    ...manifest,
    pieces,
    references: await readReferences(tables, manifest),
    prune: true,
    people: { ...people, forgotten: people.forgotten + countLeft(pieces) },
    forgotten,
  });
}

async function present(
  pieces: readonly Piece[],
  ids: readonly Uint8Array[],
): Promise<Uint8Array[]> {
  const found = new Set<Uint8Array>();
  for (const piece of pieces) {
    const held = decodeIds(await readIntact(piece.idsPath, piece.ids!));
    for (const id of ids) if (searchIds(held, id) !== -1) found.add(id);
  }
  return [...found];
}

/** Forgets all of these people or none; without ids, it erases all forgotten people again. */
export async function forget(
  root: string,
  { userIds, forgetStaged }: { userIds: readonly string[]; forgetStaged: ForgetStaged },
): Promise<Receipt> {
  const asked = joinIds(...userIds.map(requireId));
  const ids = Array.from({ length: asked.length / 16 }, (_, row) => idAt(asked, row));
  using _lock = await lockDataset(root);
  await recover(root);
  const { dataset, forgotten: listed } = await openForWriting(root, "append");
  if (dataset === undefined) throw unknownId(root);
  const found = await present(committedPieces(dataset.tables, dataset.manifest), ids);
  const known = (id: Uint8Array) => found.includes(id) || searchIds(listed, id) !== -1;
  if (!ids.every(known)) throw unknownId(root);
  const forgotten = joinIds(listed, asked);
  // This order lets the same command complete an interrupted one.
  await writeForgotten(root, forgotten);
  const staging = await forgetStaged(root, new Set(idKeys(forgotten)));
  const pieces = heldPieces(dataset, forgotten);
  const before = dataset.manifest;
  const removed = countLeft(pieces);
  const after = removed === 0
    ? before
    : await commitWithout(root, { ...dataset, pieces, forgotten });
  const hash = (manifest: Manifest) => sha256(manifestText(manifest));
  return {
    removed,
    already: ids.length - found.length,
    rows: removedRows(before, after),
    parts: pieces.flatMap(({ leave }, at) =>
      leave ? [{ file: before.tables.users.parts[at]!.file, people: leave.size }] : []
    ),
    staging,
    manifest: { before: hash(before), after: hash(after) },
  };
}
