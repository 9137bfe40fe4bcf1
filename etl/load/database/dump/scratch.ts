/**
 * Databases that dumps are restored into.
 *
 * @module
 */
import { type Database, numberOf } from "../connection/session.ts";
import { type Flavour, sql, textOf } from "../ddl/builder.ts";

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

/** Number of tables and other things that an empty database has none of. */
export async function countThings(database: Database): Promise<number> {
  const query = COUNT_THINGS[database.flavour === "postgres" ? "postgres" : "mysql"];
  return await numberOf(database, query) ?? 0;
}

/** The statement that makes an empty database. */
export function createDatabase(name: string, flavour: Flavour): string {
  const template = flavour === "postgres" ? sql` template template0` : sql``;
  return textOf(sql`create database ${sql.id(name)}${template}`, flavour);
}

/** The statement that drops a database, whoever uses it. */
export function dropDatabase(name: string, flavour: Flavour): string {
  const force = flavour === "postgres" ? sql` with (force)` : sql``;
  return textOf(sql`drop database if exists ${sql.id(name)}${force}`, flavour);
}
