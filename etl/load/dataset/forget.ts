// Forgets people: takes them out of the tables and of runs under way, and keeps their ids so that
// no later run brings them back. Rejects need no change: they hold no values, and who failed a rule
// has no id.
import { sha256 } from "../../common/sha256.ts";
import { countLeft, heldPieces } from "./add.ts";
import { commitTables } from "./commit.ts";
import { type ForgottenIds, joinIds, writeForgotten } from "./forgotten.ts";
import { decodeIds, idKey, searchIds } from "./ids.ts";
import { readIntact } from "./intact.ts";
import { lockDataset } from "./lock.ts";
import { type Manifest, manifestText } from "./manifest.ts";
import { type Dataset, openForWriting } from "./open.ts";
import { committedPieces, type Piece } from "./parts.ts";
import { readReferences } from "./references.ts";
import { recover } from "./swap.ts";
import { requireId, unknownId } from "./lineage.ts";

/** What was done to forget people; holds no ids and no values of them. */
export interface Receipt {
  /** People who were taken out of the tables. */
  readonly removed: number;
  /** People who were asked for and are not in the tables: they were forgotten before. */
  readonly already: number;
  /** Rows taken out, by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Parts that held them, as they were named before. */
  readonly parts: readonly { readonly file: string; readonly people: number }[];
  /** Files and folders removed from runs under way; these runs make them again without the people. */
  readonly staging: readonly string[];
  /** SHA-256 of the manifest before and after. */
  readonly manifest: { readonly before: string; readonly after: string };
}

/** Removes what runs under way hold of people, and says which files it were. */
export type ForgetStaged = (root: string, ids: ReadonlySet<string>) => Promise<string[]>;

/** Whom to forget. */
export interface ForgetOptions {
  /** Their ids; with none, all who were forgotten before are erased again. */
  readonly userIds: readonly string[];
  /** Cleans what runs under way hold. */
  readonly forgetStaged: ForgetStaged;
}

function removedRows(before: Manifest, after: Manifest): Receipt["rows"] {
  return Object.fromEntries(
    Object.entries(before.tables).map(([name, { rows }]) =>
      [name, rows - after.tables[name as keyof Manifest["tables"]].rows] as const
    ).filter(([, rows]) => rows > 0),
  );
}

async function commitWithout(
  root: string,
  { dataset: { tables, manifest }, pieces, forgotten }: {
    readonly dataset: Dataset;
    readonly pieces: readonly Piece[];
    readonly forgotten: ForgottenIds;
  },
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

/** Which of the people are in the tables. */
async function present({ pieces, ids }: {
  readonly pieces: readonly Piece[];
  readonly ids: readonly Uint8Array[];
}): Promise<Uint8Array[]> {
  const found = new Set<Uint8Array>();
  for (const piece of pieces) {
    const held = decodeIds(await readIntact(piece.idsPath, piece.ids!));
    for (const id of ids) if (searchIds(held, id) !== -1) found.add(id);
  }
  return [...found];
}

/**
 * Forgets the people of these ids, all or none; and erases again who was forgotten before, should
 * the tables hold them.
 *
 * Throws a `UsageError` for what is no id, or one that is neither in the tables, nor forgotten.
 */
export async function forget(
  root: string,
  { userIds, forgetStaged }: ForgetOptions,
): Promise<Receipt> {
  const asked = joinIds(...userIds.map(requireId));
  const ids = Array.from(
    { length: asked.length / 16 },
    (_, row) => asked.subarray(row * 16, row * 16 + 16),
  );
  using _lock = await lockDataset(root);
  await recover(root);
  const { dataset, forgotten: listed } = await openForWriting(root, "append");
  if (dataset === undefined) throw unknownId(root);
  const found = await present({ pieces: committedPieces(dataset.tables, dataset.manifest), ids });
  const known = (id: Uint8Array) => found.includes(id) || searchIds(listed, id) !== -1;
  if (!ids.every(known)) throw unknownId(root);
  const forgotten = joinIds(listed, asked);
  // List, runs under way, tables: killed in between, the same command does the rest.
  await writeForgotten(root, forgotten);
  const keys = Array.from({ length: forgotten.length / 16 }, (_, row) => idKey(forgotten, row));
  const staging = await forgetStaged(root, new Set(keys));
  const pieces = heldPieces(dataset, forgotten);
  const before = dataset.manifest;
  const removed = countLeft(pieces);
  const after = removed === 0 ? before : await commitWithout(root, { dataset, pieces, forgotten });
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
