// Parts of the tables that have rows for each person: taken as they are, or written anew without
// some people or joined with others.
import {
  concatRows,
  PERSON_TABLES,
  type PersonTable,
  selectRows,
  type TableData,
} from "../../transform/normalise/mod.ts";
import { writeParquet } from "../parquet/parquet.ts";
import { readParquet } from "../parquet/read.ts";
import { linkOrCopy, writeDurable } from "./files.ts";
import { decodeIds, encodeIds, idKey, idsSize, sortIds } from "./ids.ts";
import { type Checksum, checksumOf, readIntact } from "./intact.ts";
import { idsPath, partPath } from "./paths.ts";
import type { LineageBatch, Manifest, Part } from "./manifest.ts";
import type { Positions } from "./repeated.ts";
import { IDS_FILE, type Staged, type StagedPart } from "./staged.ts";

/** A batch that rows of a part come from; rows of one follow those of another. */
type Lineage = Omit<LineageBatch, "part">;

/** A part, committed or staged, that goes into new tables whole or without some people. */
export interface Piece {
  readonly path: (table: PersonTable) => string;
  readonly idsPath: string;
  /** What is in there; unknown only to readers of tables that an older version of debr wrote. */
  readonly ids: Checksum | undefined;
  readonly parts: Readonly<Record<PersonTable, StagedPart>>;
  readonly lineage: readonly Lineage[];
  /** Whom to leave out, by position in the sorted ids. */
  readonly leave?: Positions | undefined;
}

/** How many people of a piece are kept. */
export function keptRows({ parts, leave }: Piece): number {
  return parts.users.rows - (leave?.size ?? 0);
}

/** A staged batch as a piece. */
export function stagedPiece({ folder, batch }: Staged, request: number): Piece {
  const rows = batch.parts.users.rows;
  const pages = batch.pages.map(({ page, people }) => ({ page, people }));
  return {
    path: (table) => `${folder}/${table}.parquet`,
    idsPath: `${folder}/${IDS_FILE}`,
    ids: batch.files.ids,
    parts: batch.parts,
    lineage: [{ rows, request, pages }],
  };
}

/** The number of a part by the path of one of its files. */
export function numberOf(file: string): number {
  return Number(/part-(\d+)/.exec(file)?.[1]);
}

/** The committed parts as pieces, in their order. */
export function committedPieces(tables: string, { tables: held, batches }: Manifest): Piece[] {
  const lineage = Map.groupBy(batches, ({ part }) => part);
  return held.users.parts.map((users, at) => {
    const number = numberOf(users.file);
    const [logins, altids] = [held.logins.parts[at]!, held.altids.parts[at]!];
    return {
      path: (table) => `${tables}/${partPath(table, number)}`,
      idsPath: `${tables}/${idsPath(number)}`,
      ids: users.ids === undefined ? undefined : { bytes: idsSize(users.rows), sha256: users.ids },
      parts: { users, logins, altids },
      lineage: (lineage.get(number) ?? []).map(({ part: _, ...batch }) => batch),
    };
  });
}

/** A part that was written: its files, and where its rows come from. */
interface Written {
  readonly parts: Readonly<Record<PersonTable, Part>>;
  readonly lineage: readonly Lineage[];
}

interface Place {
  readonly folder: string;
  readonly number: number;
}

async function linkPart(piece: Piece, { folder, number }: Place): Promise<Written> {
  const parts = {} as Record<PersonTable, Part>;
  for (const table of PERSON_TABLES) {
    const file = partPath(table, number);
    await linkOrCopy(piece.path(table), `${folder}/${file}`);
    const { rows, bytes, sha256 } = piece.parts[table];
    parts[table] = { file, rows, bytes, sha256 };
  }
  parts.users.ids = piece.ids!.sha256;
  await linkOrCopy(piece.idsPath, `${folder}/${idsPath(number)}`);
  return { parts, lineage: piece.lineage };
}

/** Whom a piece is to be left without, by {@link idKey}. */
async function leftOut({ idsPath, ids: checksum, leave }: Piece): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  if (leave === undefined) return keys;
  const ids = decodeIds(await readIntact(idsPath, checksum!));
  for (let row = 0; row < ids.length / 16; row++) if (leave.has(row)) keys.add(idKey(ids, row));
  return keys;
}

/** The batches of a piece with the rows that are left of each, given which rows of users are. */
function remaining(
  lineage: readonly Lineage[],
  kept: (row: number) => boolean,
): Lineage[] {
  let start = 0;
  return lineage.map((batch) => {
    let rows = 0;
    for (let row = start; row < start + batch.rows; row++) if (kept(row)) rows++;
    start += batch.rows;
    return { ...batch, rows };
  }).filter(({ rows }) => rows > 0);
}

async function writeTable(data: TableData, { folder, number }: Place): Promise<Part> {
  const file = partPath(data.table, number);
  const bytes = writeParquet(data);
  await writeDurable(`${folder}/${file}`, bytes);
  return { file, rows: data.rows, ...checksumOf(bytes) };
}

async function rewritePart(pieces: readonly Piece[], place: Place): Promise<Written> {
  const without = await Promise.all(pieces.map(leftOut));
  const parts = {} as Record<PersonTable, Part>;
  const lineage: Lineage[] = [];
  for (const table of PERSON_TABLES) {
    const kept: TableData[] = [];
    for (const [at, piece] of pieces.entries()) {
      const bytes = await readIntact(piece.path(table), piece.parts[table]);
      const data = await readParquet(bytes, table);
      const ids = data.columns["user_id"] as Uint8Array;
      const keep = (row: number) => !without[at]!.has(idKey(ids, row));
      kept.push(without[at]!.size === 0 ? data : selectRows(data, keep));
      if (table === "users") lineage.push(...remaining(piece.lineage, keep));
    }
    const data = concatRows(table, kept);
    parts[table] = await writeTable(data, place);
    if (table !== "users") continue;
    const ids = (data.columns["user_id"] as Uint8Array).subarray(0, data.rows * 16);
    const sorted = encodeIds(sortIds(ids));
    await writeDurable(`${place.folder}/${idsPath(place.number)}`, sorted);
    parts.users.ids = checksumOf(sorted).sha256;
  }
  return { parts, lineage };
}

/**
 * Makes one part of some pieces: the same file under a new name where there is one piece and all of
 * it is kept, else a file written anew.
 */
export function writePart(pieces: readonly Piece[], place: Place): Promise<Written> {
  const [piece] = pieces;
  const whole = pieces.length === 1 && piece !== undefined && (piece.leave?.size ?? 0) === 0;
  return whole ? linkPart(piece, place) : rewritePart(pieces, place);
}
