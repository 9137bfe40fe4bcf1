import {
  concatRows,
  PERSON_TABLES,
  type PersonTable,
  selectRows,
  type TableData,
} from "../../transform/normalise/mod.ts";
import { writeParquet } from "../parquet/parquet.ts";
import { linkOrCopy, writeDurable } from "./files.ts";
import { decodeIds, encodeIds, idKey, idKeys, idsSize, sortIds } from "./ids.ts";
import { type Checksum, checksumOf, readIntact, readPart } from "./intact.ts";
import { idsPath, numberOf, partPath } from "./paths.ts";
import { type LineageBatch, type Manifest, MANIFEST_FORMAT, type Part } from "./manifest.ts";
import type { Positions } from "./repeated.ts";
import { IDS_FILE, type Staged, type StagedPart } from "./staged.ts";

type Lineage = Omit<LineageBatch, "part">;

export interface Piece {
  readonly path: (table: PersonTable) => string;
  readonly idsPath: string;
  /** `undefined` only in tables of versions before 0.2.0. */
  readonly ids: Checksum | undefined;
  readonly parts: Readonly<Record<PersonTable, StagedPart>>;
  readonly lineage: readonly Lineage[];
  /** People to exclude, by position in the sorted ids. */
  readonly leave?: Positions | undefined;
}

export function keptRows({ parts, leave }: Piece): number {
  return parts.users.rows - (leave?.size ?? 0);
}

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

export function committedPieces(tables: string, manifest: Manifest): Piece[] {
  const { format, tables: held, batches } = manifest;
  const lineage = Map.groupBy(batches, ({ part }) => part);
  return held.users.parts.map((users, at) => {
    const number = numberOf(users.file);
    const [logins, altids] = [held.logins.parts[at]!, held.altids.parts[at]!];
    return {
      path: (table) => `${tables}/${partPath(table, number)}`,
      idsPath: `${tables}/${idsPath(number, format)}`,
      ids: users.ids === undefined ? undefined : { bytes: idsSize(users.rows), sha256: users.ids },
      parts: { users, logins, altids },
      lineage: (lineage.get(number) ?? []).map(({ part: _, ...batch }) => batch),
    };
  });
}

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
  await linkOrCopy(piece.idsPath, `${folder}/${idsPath(number, MANIFEST_FORMAT)}`);
  return { parts, lineage: piece.lineage };
}

async function leftOut({ idsPath, ids: checksum, leave }: Piece): Promise<ReadonlySet<string>> {
  if (leave === undefined) return new Set();
  const keys = idKeys(decodeIds(await readIntact(idsPath, checksum!)));
  return new Set(keys.filter((_, row) => leave.has(row)));
}

function remaining(lineage: readonly Lineage[], kept: (row: number) => boolean): Lineage[] {
  let start = 0;
  return lineage.map((batch) => {
    let rows = 0;
    for (let row = start; row < start + batch.rows; row++) if (kept(row)) rows++;
    start += batch.rows;
    return { ...batch, rows };
  }).filter(({ rows }) => rows > 0);
}

export async function writeTable(data: TableData, { folder, number }: Place): Promise<Part> {
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
      const data = await readPart(piece.path(table), { table, part: piece.parts[table] });
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
    await writeDurable(`${place.folder}/${idsPath(place.number, MANIFEST_FORMAT)}`, sorted);
    parts.users.ids = checksumOf(sorted).sha256;
  }
  return { parts, lineage };
}

/** Makes one part from pieces: a link to a single complete piece, otherwise a new file. */
export function writePart(pieces: readonly Piece[], place: Place): Promise<Written> {
  const [piece] = pieces;
  const whole = pieces.length === 1 && piece !== undefined && (piece.leave?.size ?? 0) === 0;
  return whole ? linkPart(piece, place) : rewritePart(pieces, place);
}
