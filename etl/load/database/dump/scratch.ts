import { VERIFIED } from "../connection/rights.ts";
import { type Database, numberOf } from "../connection/session.ts";
import { familyOf, type RawBuilder, sql, textIn, textOf } from "../ddl/builder.ts";
import { DestinationError } from "../../../common/errors.ts";
import { unless } from "../../../common/missing.ts";

const COUNT_THINGS = {
  postgres: `select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
        and d.objid = c.oid and d.deptype = 'e')`,
  mysql: `select (select count(*) from information_schema.tables
      where table_schema = database()) + (select count(*) from information_schema.routines
      where routine_schema = database())`,
} as const;

export async function countThings(database: Database): Promise<number> {
  return await numberOf(database, COUNT_THINGS[familyOf(database.flavour)]) ?? 0;
}

/** Names of temporary databases that verify dumps. */
const SCRATCH = new RegExp(`^${VERIFIED}([0-9a-f]{12})$`);

function lockOf(name: string): RawBuilder<unknown> {
  return sql.raw(`${BigInt(`0x${SCRATCH.exec(name)?.[1]}`)}`);
}

/** Locks that belong to a session and are visible to every session of the server. */
const LOCKS = {
  postgres: {
    take: (name: string) => sql`select pg_advisory_lock(${lockOf(name)})`,
    count: (name: string) =>
      sql`select count(*) from pg_locks where locktype = 'advisory' and objsubid = 1
        and (classid::bigint << 32) | objid::bigint = ${lockOf(name)}`,
  },
  mysql: {
    take: (name: string) => sql`select get_lock(${sql.lit(name)}, 10)`,
    count: (name: string) => sql`select 1 - is_free_lock(${sql.lit(name)})`,
  },
} as const;

/** Makes an empty database, locks it until the session ends, and returns its name. */
export async function makeScratch(database: Database): Promise<string> {
  const { flavour } = database;
  const name = `${VERIFIED}${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const template = flavour === "postgres" ? sql` template template0` : sql``;
  await database.rows(textOf(LOCKS[familyOf(flavour)].take(name), flavour));
  await database.run(textIn(flavour)`create database ${sql.id(name)}${template}`);
  return name;
}

export async function dropScratch({ flavour, run }: Database, name: string): Promise<void> {
  const force = flavour === "postgres" ? sql` with (force)` : sql``;
  await run(textIn(flavour)`drop database if exists ${sql.id(name)}${force}`);
}

/** Drops unlocked scratch databases; `refused` has those that the user may not drop. */
export async function sweepScratch(database: Database) {
  const { flavour } = database;
  const all = flavour === "postgres" ? "select datname from pg_database" : "show databases";
  const names = (await database.rows(all)).map(([name]) => String(name));
  const dropped: string[] = [];
  const refused: string[] = [];
  for (const name of names.filter((name) => SCRATCH.test(name))) {
    const holders = await numberOf(database, textOf(LOCKS[familyOf(flavour)].count(name), flavour));
    if (holders !== 0) continue;
    const isRefused = (error: unknown) => error instanceof DestinationError;
    const done = await unless(isRefused, dropScratch(database, name).then(() => true));
    (done ? dropped : refused).push(name);
  }
  return { dropped, refused };
}
