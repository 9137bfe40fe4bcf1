import type { Row } from "../../../schema/mod.ts";
import {
  decodeTable,
  makeReferences,
  type References,
  type TableData,
  type Texts,
} from "../../transform/normalise/mod.ts";
import { readPart } from "./intact.ts";
import type { Manifest, Part } from "./manifest.ts";
import type { StagedBatch } from "./staged.ts";

/** The keys of the tables; the referencing column of users has the same name. */
export const REFERENCE_KEYS = {
  countries: "country_code",
  timezones: "timezone_code",
  media: "media_id",
} as const;

export const REFERENCE_TABLES = ["countries", "timezones", "media"] as const;

export function addReferences(
  to: References,
  { countries, timezones, media }: StagedBatch["references"],
): void {
  for (const row of countries) to.countries.set(row.country_code, row);
  for (const row of timezones) to.timezones.set(row.timezone_code, row);
  for (const row of media) to.media.set(row.media_id, row);
}

async function readTable<T extends keyof References>(
  table: T,
  { tables, manifest }: { tables: string; manifest: Manifest },
): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  for (const part of manifest.tables[table].parts) {
    const data = await readPart(`${tables}/${part.file}`, { table, part });
    const columns = Object.entries<readonly unknown[]>(decodeTable({ ...data, table }));
    for (let row = 0; row < data.rows; row++) {
      rows.push(Object.fromEntries(columns.map(([name, values]) => [name, values[row]])) as Row<T>);
    }
  }
  return rows;
}

export async function readReferences(tables: string, manifest: Manifest): Promise<References> {
  const references = makeReferences();
  const from = { tables, manifest };
  addReferences(references, {
    countries: await readTable("countries", from),
    timezones: await readTable("timezones", from),
    media: await readTable("media", from),
  });
  return references;
}

export function codesOf(references: References): Record<string, Set<string>> {
  return Object.fromEntries(
    REFERENCE_TABLES.map((table) => [table, new Set<string>(references[table].keys())]),
  );
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
  const unseen = codesOf(references);
  for (const part of users) {
    if (REFERENCE_TABLES.every((table) => unseen[table]!.size === 0)) return;
    markUsed(await readPart(`${folder}/${part.file}`, { table: "users", part }), unseen);
  }
  for (const table of REFERENCE_TABLES) {
    for (const code of unseen[table]!) references[table].delete(code);
  }
}
