import { SCHEMA_VERSION, TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { PERSON_TABLES, type References, referenceTable } from "../../transform/normalise/mod.ts";
import { VERSION } from "../../common/version.ts";
import { BATCH_PEOPLE, inBatches } from "../../extract/pages/pages.ts";
import { makeFolder, removeAll, writeTextDurable } from "./files.ts";
import { type ForgottenIds, sealOf } from "./forgotten.ts";
import { IDS_FOLDER, layout, MANIFEST } from "./paths.ts";
import { type Manifest, MANIFEST_FORMAT, manifestText, type Part } from "./manifest.ts";
import { keptRows, type Piece, writePart, writeTable } from "./parts.ts";
import { dropUnused, REFERENCE_TABLES } from "./references.ts";
import { swap } from "./swap.ts";

export interface NewTables {
  readonly pieces: readonly Piece[];
  readonly references: References;
  /** Whether to remove unused references, because people were removed. */
  readonly prune: boolean;
  readonly people: Manifest["people"];
  readonly requests: Manifest["requests"];
  readonly rejects: Manifest["rejects"];
  /** Forgotten people; the pieces contain none of them. */
  readonly forgotten: ForgottenIds;
}

/** People in a small part: nightly appends of a thousand people would add a part each night. */
const SMALL = BATCH_PEOPLE / 2;

/** Joins small parts once there are this many: at every commit, it would rewrite them each night. */
const TOGETHER = 8;

/** Groups pieces and drops empty ones, but keeps at least one: a table needs a part. */
function groupPieces(pieces: readonly Piece[]): Piece[][] {
  const filled = pieces.filter((piece) => keptRows(piece) > 0);
  if (filled.length === 0) return pieces.slice(0, 1).map((piece) => [piece]);
  const small = filled.filter((piece) => keptRows(piece) < SMALL);
  if (small.length < TOGETHER) return filled.map((piece) => [piece]);
  const groups = new Map(inBatches(small, keptRows).map(({ pages }) => [pages[0]!, [...pages]]));
  const joined = new Set([...groups.values()].flatMap((group) => group.slice(1)));
  return filled.filter((piece) => !joined.has(piece)).map((piece) => groups.get(piece) ?? [piece]);
}

/** Builds the tables and replaces the old ones. A failure changes nothing. */
export async function commitTables(root: string, to: NewTables): Promise<Manifest> {
  const { next: folder } = layout(root);
  const { pieces, references, prune, people, requests, rejects } = to;
  const forgotten = sealOf(to.forgotten);
  await removeAll(folder);
  const tables = Object.fromEntries(
    TABLE_NAMES.map((name) => [name, { rows: 0, parts: [] as Part[] }]),
  ) as Manifest["tables"];
  const add = (table: TableName, part: Part) => {
    tables[table].rows += part.rows;
    tables[table].parts.push(part);
  };
  const batches: Manifest["batches"] = [];
  for (const name of [...TABLE_NAMES, IDS_FOLDER]) await makeFolder(`${folder}/${name}`);
  for (const [index, group] of groupPieces(pieces).entries()) {
    const number = index + 1;
    const { parts, lineage } = await writePart(group, { folder, number });
    for (const table of PERSON_TABLES) add(table, parts[table]);
    for (const batch of lineage) batches.push({ part: number, ...batch });
  }
  if (prune) await dropUnused(references, { folder, users: tables.users.parts });
  for (const table of REFERENCE_TABLES) {
    const part = await writeTable(referenceTable(table, references), { folder, number: 1 });
    add(table, part);
  }
  const manifest: Manifest = {
    format: MANIFEST_FORMAT,
    debr: VERSION,
    schema: SCHEMA_VERSION,
    people,
    tables,
    requests,
    batches,
    rejects,
    ...(forgotten && { forgotten }),
  };
  await writeTextDurable(`${folder}/${MANIFEST}`, manifestText(manifest));
  await swap(root);
  return manifest;
}
