import { TABLE_NAMES } from "../../../schema/mod.ts";
import { type Flavour, literals, names, sql, textIn } from "./ddl/builder.ts";
import { createIndexes, createTables } from "./ddl/create.ts";
import { META_TABLE } from "./ddl/model.ts";
import { DestinationError } from "../../common/errors.ts";
import { unless } from "../../common/missing.ts";
import { VERSION } from "../../common/version.ts";
import { DatabaseError } from "./connection/faults.ts";
import { type Database, numberOf } from "./connection/session.ts";

/** The migrations, and the version that {@link createTables} creates. */
export interface History {
  readonly version: number;
  readonly migrations: readonly {
    readonly to: number;
    /** Idempotent in MySQL (`if not exists`), because it commits after each statement. */
    readonly statements: (flavour: Flavour) => readonly string[];
  }[];
}

export const HISTORY: History = { version: 1, migrations: [] };

/** The version while tables are created, which is not atomic in MySQL. */
const UNFINISHED = 0;

/** The version of debr's tables; `undefined` if there are none. */
type State = number | undefined;

function fault(message: string, next: string): DestinationError {
  return new DestinationError(`Cannot load: ${message}`, { step: "load", next });
}

/** Uses PostgreSQL's own catalog, because `information_schema` hides some tables. */
function tablesQuery({ flavour, schema }: Database): string {
  const [of, all] = [sql.lit(schema), literals([...TABLE_NAMES, META_TABLE])];
  const text = textIn(flavour);
  return flavour === "postgres"
    ? text`select relname from pg_class where relnamespace = ${of}::regnamespace and relname in (${all})`
    : text`select table_name from information_schema.tables where table_schema = ${of} and table_name in (${all})`;
}

const isMissing = (error: unknown) => error instanceof DatabaseError && error.about === "missing";

/** Returns `null` if the stored version is null, and `undefined` if none is stored. */
export async function readVersion({ rows, flavour }: Database): Promise<number | null | undefined> {
  const query = textIn(flavour)`select schema_version from ${sql.id(META_TABLE)}`;
  const stored = await unless(isMissing, rows(query));
  if (stored === undefined) return undefined;
  const [[version = null] = []] = stored;
  return version === null ? null : Number(version);
}

/** The name of no table. A user who may read it may read every table. */
const ANY_TABLE = "debr_any_table";

// Throws a `DatabaseError` if a table may be hidden: MySQL lists only tables that a user may use.
export async function requireVisible(
  { rows, flavour }: Database,
  tables: readonly string[] = [ANY_TABLE],
): Promise<void> {
  if (flavour === "postgres") return;
  for (const table of tables) {
    await unless(isMissing, rows(textIn(flavour)`select 1 from ${sql.id(table)} limit 0`));
  }
}

/** Throws a `DestinationError` if the tables are incomplete, newer or not debr's. */
export async function inspect(database: Database, { version }: History): Promise<State> {
  const found = new Set((await database.rows(tablesQuery(database))).map(([name]) => String(name)));
  if (found.size === 0) return undefined;
  const stored = await readVersion(database);
  if (stored === undefined) {
    throw fault(
      `table ${[...found].join(", ")} of ${database.schema} is not debr's`,
      "Load into another database, or rename the table",
    );
  }
  if (stored === null || stored === UNFINISHED) return UNFINISHED;
  if (stored > version) {
    throw fault(
      `its tables have version ${stored}, this debr supports only ${version}`,
      "Update debr; nothing was changed",
    );
  }
  const missing = TABLE_NAMES.filter((name) => !found.has(name));
  if (missing.length === 0) return stored;
  await requireVisible(database, missing);
  throw fault(
    `table ${missing.join(", ")} of ${database.schema} is missing`,
    "Restore it from a backup, or load into another database",
  );
}

/** Sets the version in one statement, so that an interruption never leaves no version. */
function setVersion(flavour: Flavour, version: number): string {
  const [meta, debr] = [sql.id(META_TABLE), sql.lit(VERSION)];
  return textIn(flavour)`update ${meta} set schema_version = ${
    sql.lit(version)
  }, debr_version = ${debr}`;
}

function createMeta(flavour: Flavour): string[] {
  const [meta, text] = [sql.id(META_TABLE), textIn(flavour)];
  return [
    text`create table if not exists ${meta} (schema_version integer not null, debr_version varchar(40) not null)`,
    text`delete from ${meta}`,
    text`insert into ${meta} values (${sql.lit(UNFINISHED)}, ${sql.lit(VERSION)})`,
  ];
}

/** Excludes indexes and foreign keys of new PostgreSQL tables: see {@link finishing}. */
export function preparing(
  from: State,
  { flavour, history }: { flavour: Flavour; history: History },
): string[] {
  if (from !== undefined && from !== UNFINISHED) {
    return history.migrations.filter(({ to }) => to > from).flatMap(({ to, statements }) => [
      ...statements(flavour),
      setVersion(flavour, to),
    ]);
  }
  return [...createMeta(flavour), ...createTables(flavour), setVersion(flavour, history.version)];
}

export function finishing(from: State, flavour: Flavour): string[] {
  return from === undefined && flavour === "postgres" ? createIndexes() : [];
}

const ADVISORY = 0x64656272;

export function lockSettings(flavour: Flavour, seconds: number): string[] {
  return flavour === "postgres" ? [`set lock_timeout = '${seconds}s'`] : [
    `set session innodb_lock_wait_timeout = ${seconds}`,
    `set session lock_wait_timeout = ${seconds}`,
  ];
}

/** Allows one load at a time and, in PostgreSQL, no writers until the transaction ends. */
export async function lockTables(
  database: Database,
  { state, seconds }: { state: () => Promise<State>; seconds: number },
): Promise<void> {
  const { flavour, schema } = database;
  const text = textIn(flavour);
  if (flavour === "postgres") {
    await database.rows(`select pg_advisory_xact_lock(${ADVISORY})`);
    if (await state() === undefined) return;
    await database.run(text`lock table ${names(TABLE_NAMES)} in share row exclusive mode`);
    return;
  }
  const name = sql.lit(`debr.${schema}`.slice(0, 64));
  const locked = await numberOf(database, text`select get_lock(${name}, ${sql.lit(seconds)})`);
  if (locked === 1) return;
  throw new DestinationError(`Cannot load into ${schema}: another load is under way`, {
    step: "load",
    next: { code: "database_locked" },
    transient: true,
  });
}
