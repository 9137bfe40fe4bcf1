// Rewrites the tables that people reference (countries, time zones, portraits) at every commit.
import type { Row } from "../../../schema/mod.ts";
import {
  decodeTable,
  makeReferences,
  type References,
  referenceTable,
  type TableData,
  type Texts,
} from "../../transform/normalise/mod.ts";
import { writeParquet } from "../parquet/parquet.ts";
import { readParquet } from "../parquet/read.ts";
import { writeDurable } from "./files.ts";
import { checksumOf, readIntact } from "./intact.ts";
import { partPath } from "./paths.ts";
import type { Manifest, Part } from "./manifest.ts";
import type { StagedBatch } from "./staged.ts";

/** The keys of the tables; the referencing column of users has the same name. */
export const REFERENCE_KEYS = {
  countries: "country_code",
  timezones: "timezone_code",
  media: "media_id",
} as const;

export const REFERENCE_TABLES = ["countries", "timezones", "media"] as const;

export function addReferences(to: References, { countries, timezones, media }: {
  readonly [T in keyof StagedBatch["references"]]: StagedBatch["references"][T];
}): void {
  for (const row of countries) to.countries.set(row.country_code, row);
  for (const row of timezones) to.timezones.set(row.timezone_code, row);
  for (const row of media) to.media.set(row.media_id, row);
}

function rowsOf<T extends keyof References>(data: TableData, table: T): Row<T>[] {
  const columns = decodeTable({ ...data, table }) as Record<string, readonly unknown[]>;
  return Array.from({ length: data.rows }, (_, row) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values[row]]),
    )) as Row<T>[];
}

async function readTable<T extends keyof References>(
  table: T,
  { tables, manifest }: { tables: string; manifest: Manifest },
): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  for (const part of manifest.tables[table].parts) {
    const data = await readParquet(await readIntact(`${tables}/${part.file}`, part), table);
    rows.push(...rowsOf(data, table));
  }
  return rows;
}

export async function readReferences(tables: string, manifest: Manifest): Promise<References> {
  const references = makeReferences();
  addReferences(references, {
    countries: await readTable("countries", { tables, manifest }),
    timezones: await readTable("timezones", { tables, manifest }),
    media: await readTable("media", { tables, manifest }),
  });
  return references;
}

/** Removes the references that these people use from `unseen`. */
export function markUsed(users: TableData, unseen: Readonly<Record<string, Set<string>>>): void {
  for (const table of REFERENCE_TABLES) {
    for (const code of users.columns[REFERENCE_KEYS[table]] as Texts) {
      unseen[table]!.delete(code);
    }
  }
}

/** Removes rows that no user references; stops reading when all rows are used. */
export async function dropUnused(
  references: References,
  { folder, users }: { folder: string; users: readonly Part[] },
): Promise<void> {
  const unseen = Object.fromEntries(
    REFERENCE_TABLES.map((table) => [table, new Set<string>(references[table].keys())]),
  );
  for (const part of users) {
    if (REFERENCE_TABLES.every((table) => unseen[table]!.size === 0)) return;
    const bytes = await readIntact(`${folder}/${part.file}`, part);
    markUsed(await readParquet(bytes, "users"), unseen);
  }
  for (const table of REFERENCE_TABLES) {
    for (const code of unseen[table]!) references[table].delete(code);
  }
}

export async function writeReference(
  table: keyof References,
  { references, folder }: { references: References; folder: string },
): Promise<Part> {
  const data = referenceTable(table, references);
  const bytes = writeParquet(data);
  const file = partPath(table, 1);
  await writeDurable(`${folder}/${file}`, bytes);
  return { file, rows: data.rows, ...checksumOf(bytes) };
}
