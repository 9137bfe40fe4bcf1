/**
 * Forgets people: takes them out of the tables and of runs under way, and keeps their ids so that
 * no later run brings them back. Rejects need no change: they hold no values, and who failed a rule
 * has no id.
 *
 * @module
 */
import { sha256 } from "../../common/sha256.ts";
import { commitTables } from "./commit.ts";
import { findId, idKey, sortIds } from "./ids.ts";
import { lockDataset } from "./lock.ts";
import { type Manifest, manifestText } from "./manifest.ts";
import { type Before, type Dataset, openForWriting } from "./open.ts";
import { committedPieces, type Piece } from "./parts.ts";
import { readReferences } from "./references.ts";
import { Positions } from "./repeated.ts";
import { recover } from "./swap.ts";
import { requireId, unknownId } from "./lineage.ts";

/** What was done to forget people; holds no ids and no values of them. */
export interface Receipt {
  /** People who were taken out of the tables. */
  readonly removed: number;
  /** People who are forgotten since before. */
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

interface Found {
  readonly pieces: readonly Piece[];
  /** How many of the ids are in a part. */
  readonly present: ReadonlySet<string>;
}

/** Marks the people in the parts that hold them. */
function mark({ tables, manifest }: Dataset, ids: readonly Uint8Array[]): Found {
  const present = new Set<string>();
  const pieces = committedPieces(tables, manifest).map((piece) => {
    let leave: Positions | undefined;
    for (const id of ids) {
      const position = findId(piece.idsPath, id);
      if (position === -1) continue;
      leave ??= new Positions(piece.parts.users.rows);
      leave.add(position);
      present.add(idKey(id, 0));
    }
    return { ...piece, leave };
  });
  return { pieces, present };
}

function joinIds(ids: readonly Uint8Array[], listed: Uint8Array): Uint8Array {
  const all = new Map(ids.map((id) => [idKey(id, 0), id]));
  for (let row = 0; row < listed.length / 16; row++) {
    all.set(idKey(listed, row), listed.subarray(row * 16, row * 16 + 16));
  }
  const joined = new Uint8Array(all.size * 16);
  [...all.values()].forEach((id, row) => joined.set(id, row * 16));
  return sortIds(joined);
}

function keysOf(ids: Uint8Array): Set<string> {
  return new Set(Array.from({ length: ids.length / 16 }, (_, row) => idKey(ids, row)));
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
  { dataset, forgotten, found, ids }: {
    dataset: Dataset;
    forgotten: Before["forgotten"];
    found: Found;
    ids: readonly Uint8Array[];
  },
): Promise<Manifest> {
  const { manifest, tables } = dataset;
  const { people } = manifest;
  return await commitTables(root, {
    ...manifest,
    pieces: found.pieces,
    references: await readReferences(tables, manifest),
    prune: found.present.size > 0,
    people: { ...people, forgotten: people.forgotten + found.present.size },
    forgotten: joinIds(ids, forgotten?.ids ?? new Uint8Array()),
  });
}

/**
 * Forgets the people of these ids, all or none. `forgetStaged` cleans what runs under way hold.
 *
 * Throws a `UsageError` for what is no id, or one that is neither in the tables, nor forgotten.
 */
export async function forget(
  root: string,
  { userIds, forgetStaged }: {
    readonly userIds: readonly string[];
    readonly forgetStaged: ForgetStaged;
  },
): Promise<Receipt> {
  const ids = userIds.map(requireId);
  const wanted = new Set(ids.map((id) => idKey(id, 0)));
  using _lock = await lockDataset(root);
  await recover(root);
  const { dataset, forgotten } = await openForWriting(root, "append");
  if (dataset === undefined) throw unknownId(root);
  const found = mark(dataset, ids);
  const listed = keysOf(forgotten?.ids ?? new Uint8Array());
  for (const key of wanted) if (!found.present.has(key) && !listed.has(key)) throw unknownId(root);
  // Before the tables: killed in between, the same command finds the people and does the rest.
  const staging = await forgetStaged(root, wanted);
  const before = dataset.manifest;
  const after = found.present.size === 0
    ? before
    : await commitWithout(root, { dataset, forgotten, found, ids });
  const hash = (manifest: Manifest) => sha256(manifestText(manifest));
  return {
    removed: found.present.size,
    already: wanted.size - found.present.size,
    rows: removedRows(before, after),
    parts: found.pieces.flatMap(({ leave }, at) =>
      leave ? [{ file: before.tables.users.parts[at]!.file, people: leave.size }] : []
    ),
    staging,
    manifest: { before: hash(before), after: hash(after) },
  };
}
