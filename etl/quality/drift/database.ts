// Compares a live database with the schema.
import {
  type Database,
  HISTORY,
  META_TABLE,
  readCatalog,
  readVersion,
  requireVisible,
} from "../../load/database/mod.ts";
import { compareCatalog, missingTables } from "./compare.ts";
import { type Difference, NOTHING } from "./difference.ts";
import { compareGrants } from "./grants.ts";

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Sentences about what could not be compared. */
  readonly notes: readonly string[];
}

async function compareVersion(database: Database): Promise<Difference[]> {
  const place = META_TABLE;
  const expected = `version ${HISTORY.version}`;
  const version = await readVersion(database);
  if (version === undefined) {
    const next = "Load into a database of its own, or restore the table from a backup";
    return [{ kind: "missing_table", place, expected, found: NOTHING, next }];
  }
  if (version === HISTORY.version) return [];
  const next = (version ?? 0) > HISTORY.version
    ? "Update debr"
    : { code: "schema_behind" } as const;
  return [{ kind: "version", place, expected, found: `version ${version ?? 0}`, next }];
}

/** Compares a database with the schema. Throws a `DestinationError` if reading fails. */
export async function compareDatabase(database: Database): Promise<Comparison> {
  const catalog = await readCatalog(database);
  await requireVisible(database, missingTables(catalog));
  const grants = await compareGrants(database, catalog);
  return {
    differences: [
      ...compareCatalog(catalog),
      ...await compareVersion(database),
      ...grants ?? [],
    ],
    notes: [
      ...(grants === undefined
        ? ["What the roles may read was not compared: this user may not read mysql.user"]
        : []),
      ...catalog.hides.map((what) => `No ${what} was compared: who may only read is not shown any`),
    ],
  };
}
