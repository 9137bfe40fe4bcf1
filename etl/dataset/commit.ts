/**
 * Six tables or none: builds a whole new folder of tables from staged batches, each person once,
 * and swaps it in.
 *
 * @module
 */
import { SCHEMA_VERSION, type TableName } from "../../schema/mod.ts";
import { selectRows } from "../normalise/columns.ts";
import {
  makeReferences,
  PERSON_TABLES,
  type References,
  referenceTable,
} from "../normalise/rows.ts";
import { VERSION } from "../version.ts";
import { writeParquet } from "../write/parquet.ts";
import { readParquet } from "../write/read.ts";
import { linkOrCopy, onDisk, removeAll, sha256, writeDurable, writeTextDurable } from "./files.ts";
import { decodeIds, encodeIds, findRepeated, idKey } from "./ids.ts";
import { idsPath, layout, MANIFEST, partPath } from "./layout.ts";
import { type Manifest, MANIFEST_FORMAT, manifestText, type Part } from "./manifest.ts";
import { IDS_FILE, type Staged } from "./staged.ts";
import { swap } from "./swap.ts";

/** What to commit. */
export interface CommitTask {
  /** Folder of the dataset. */
  readonly root: string;
  /** What was asked for. */
  readonly request: Manifest["requests"][number];
  /** The batches, in the order of their pages. */
  readonly batches: readonly Staged[];
}

const REFERENCE_TABLES = ["countries", "timezones", "media"] as const;

function emptyManifest(): Manifest {
  const none = () => ({ rows: 0, parts: [] as Part[] });
  return {
    format: MANIFEST_FORMAT,
    debr: VERSION,
    schema: SCHEMA_VERSION,
    people: { received: 0, rejected: 0, repeated: 0 },
    tables: {
      countries: none(),
      timezones: none(),
      media: none(),
      users: none(),
      logins: none(),
      altids: none(),
    },
    requests: [],
    batches: [],
  };
}

function addPart(manifest: Manifest, { table, part }: { table: TableName; part: Part }): void {
  manifest.tables[table].rows += part.rows;
  manifest.tables[table].parts.push(part);
}

/** Takes a part as it was staged. */
async function linkPart(
  { folder, batch }: Staged,
  { folder: next, number, manifest }: Target,
): Promise<void> {
  for (const table of PERSON_TABLES) {
    const file = partPath(table, number);
    await linkOrCopy(`${folder}/${table}.parquet`, `${next}/${file}`);
    addPart(manifest, { table, part: { file, ...batch.parts[table] } });
  }
  await linkOrCopy(`${folder}/${IDS_FILE}`, `${next}/${idsPath(number)}`);
}

interface Target {
  readonly folder: string;
  readonly number: number;
  readonly manifest: Manifest;
}

/** Writes a part anew without people that an earlier part holds. */
async function rewritePart(
  { folder }: Staged,
  { folder: next, number, manifest, without }: Target & { without: ReadonlySet<string> },
): Promise<void> {
  for (const table of PERSON_TABLES) {
    const data = await readParquet(await Deno.readFile(`${folder}/${table}.parquet`), table);
    const ids = data.columns["user_id"] as Uint8Array;
    const kept = selectRows(data, (row) => !without.has(idKey(ids, row)));
    const file = partPath(table, number);
    const bytes = writeParquet(kept);
    await writeDurable(`${next}/${file}`, bytes);
    const part = { file, rows: kept.rows, bytes: bytes.length, sha256: await sha256(bytes) };
    addPart(manifest, { table, part });
  }
  const ids = decodeIds(await Deno.readFile(`${folder}/${IDS_FILE}`));
  const keep = Array.from({ length: ids.length / 16 }, (_, row) => row)
    .filter((row) => !without.has(idKey(ids, row)));
  const sorted = new Uint8Array(keep.length * 16);
  keep.forEach((row, at) => sorted.set(ids.subarray(row * 16, row * 16 + 16), at * 16));
  await writeDurable(`${next}/${idsPath(number)}`, encodeIds(sorted));
}

async function writeReferences(batches: readonly Staged[], target: Omit<Target, "number">) {
  const references: References = makeReferences();
  for (const { batch } of batches) {
    for (const row of batch.references.countries) references.countries.set(row.country_code, row);
    for (const row of batch.references.timezones) references.timezones.set(row.timezone_code, row);
    for (const row of batch.references.media) references.media.set(row.media_id, row);
  }
  for (const table of REFERENCE_TABLES) {
    const data = referenceTable(table, references);
    const bytes = writeParquet(data);
    const file = partPath(table, 1);
    await writeDurable(`${target.folder}/${file}`, bytes);
    const part = { file, rows: data.rows, bytes: bytes.length, sha256: await sha256(bytes) };
    addPart(target.manifest, { table, part });
  }
}

/** Makes the tables exactly the people of these batches. Nothing is changed when it fails. */
export async function commit({ root, request, batches }: CommitTask): Promise<Manifest> {
  const { next } = layout(root);
  const manifest = emptyManifest();
  manifest.requests.push(request);
  await removeAll(next);
  for (const table of Object.keys(manifest.tables)) {
    await onDisk(next, () => Deno.mkdir(`${next}/${table}`, { recursive: true }));
  }
  const repeated = findRepeated(batches.map(({ folder }) => `${folder}/${IDS_FILE}`));
  for (const [index, staged] of batches.entries()) {
    const target = { folder: next, number: index + 1, manifest };
    const without = repeated.get(index);
    if (without === undefined) await linkPart(staged, target);
    else await rewritePart(staged, { ...target, without });
    const { received, rejected, repeated: within } = staged.batch.people;
    manifest.people.received += received;
    manifest.people.rejected += rejected;
    manifest.people.repeated += within + (without?.size ?? 0);
    manifest.batches.push({ part: index + 1, request: 0, pages: [...staged.batch.pages] });
  }
  await writeReferences(batches, { folder: next, manifest });
  await writeTextDurable(`${next}/${MANIFEST}`, manifestText(manifest));
  await swap(root);
  return manifest;
}
