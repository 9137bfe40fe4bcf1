// Inspects what a database contains (nothing, debr's tables of some version, or other tables), and
// migrates it to this version.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { type Flavour, sql, textOf } from "./ddl/builder.ts";
import { createIndexes, createTables } from "./ddl/create.ts";
import { META_TABLE } from "./ddl/model.ts";
import { DestinationError } from "../../common/errors.ts";
import { VERSION } from "../../common/version.ts";
import { DatabaseError } from "./connection/faults.ts";
import type { Database } from "./connection/session.ts";
import { requireVisible } from "./visible.ts";

interface Migration {
  readonly to: number;
  /** Idempotent in MySQL (`if not exists`), because it commits after each statement. */
  readonly statements: (flavour: Flavour) => readonly string[];
}

/** The migrations, and the version that {@link createTables} creates. */
export interface History {
  readonly version: number;
  readonly migrations: readonly Migration[];
}

/** All migrations so far. */
export const HISTORY: History = { version: 1, migrations: [] };

/** The version while tables are created, which is not atomic in MySQL. */
const UNFINISHED = 0;

/** The version of debr's tables; `undefined` if there are none. */
export interface State {
  readonly version: number | undefined;
}

function fault(message: string, next: string): DestinationError {
  return new DestinationError(`Cannot load: ${message}`, { step: "load", next });
}

/** Uses PostgreSQL's own catalog, because `information_schema` hides some tables. */
function tablesQuery({ flavour, schema }: Database): string {
  const all = sql.join([...TABLE_NAMES, META_TABLE].map((name) => sql.lit(name)));
  const query = flavour === "postgres"
    ? sql`select relname from pg_class where relnamespace = ${
      sql.lit(schema)
    }::regnamespace and relname in (${all})`
    : sql`select table_name from information_schema.tables where table_schema = ${
      sql.lit(schema)
    } and table_name in (${all})`;
  return textOf(query, flavour);
}

/** Returns `null` if the stored version is null, and `undefined` if none is stored. */
export async function readVersion(
  { rows, flavour }: Database,
): Promise<number | null | undefined> {
  try {
    const query = textOf(sql`select schema_version from ${sql.id(META_TABLE)}`, flavour);
    const [[stored = null] = []] = await rows(query);
    return stored === null ? null : Number(stored);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.about !== "missing") throw error;
    return undefined;
  }
}

/** Throws a `DestinationError` if the tables are incomplete, newer or not debr's. */
export async function inspect(database: Database, { version }: History): Promise<State> {
  const found = new Set((await database.rows(tablesQuery(database))).map(([name]) => String(name)));
  if (found.size === 0) return { version: undefined };
  const stored = await readVersion(database);
  if (stored === undefined) {
    throw fault(
      `table ${[...found].join(", ")} of ${database.schema} is not debr's`,
      "Load into a database of its own, or rename the table",
    );
  }
  if (stored === null || stored === UNFINISHED) return { version: UNFINISHED };
  if (stored > version) {
    throw fault(
      `its tables have version ${stored}, this debr knows ${version}`,
      "Update debr; nothing was changed",
    );
  }
  const missing = TABLE_NAMES.filter((name) => !found.has(name));
  if (missing.length === 0) return { version: stored };
  await requireVisible(database, missing);
  throw fault(
    `table ${missing.join(", ")} of ${database.schema} is missing`,
    "Restore it from a backup, or load into a database of its own",
  );
}

/** Sets the version in one statement, so that an interruption never leaves no version. */
function setVersion(flavour: Flavour, version: number): string {
  return textOf(
    sql`update ${sql.id(META_TABLE)} set schema_version = ${sql.lit(version)}, debr_version = ${
      sql.lit(VERSION)
    }`,
    flavour,
  );
}

function createMeta(flavour: Flavour): string[] {
  const meta = sql.id(META_TABLE);
  return [
    textOf(
      sql`create table if not exists ${meta} (schema_version integer not null, debr_version varchar(40) not null)`,
      flavour,
    ),
    textOf(sql`delete from ${meta}`, flavour),
    textOf(sql`insert into ${meta} values (${sql.lit(UNFINISHED)}, ${sql.lit(VERSION)})`, flavour),
  ];
}

/** Excludes indexes and foreign keys of new PostgreSQL tables: see {@link finishing}. */
export function preparing(
  { version: from }: State,
  { flavour, history }: { flavour: Flavour; history: History },
): string[] {
  if (from !== undefined && from !== UNFINISHED) {
    return history.migrations.filter(({ to }) => to > from).flatMap(({ to, statements }) => [
      ...statements(flavour),
      setVersion(flavour, to),
    ]);
  }
  return [
    ...createMeta(flavour),
    ...createTables(flavour),
    setVersion(flavour, history.version),
  ];
}

/** Returns the statements to run after new tables are filled. */
export function finishing({ version }: State, flavour: Flavour): string[] {
  return version === undefined && flavour === "postgres" ? createIndexes() : [];
}
