// A table's content hash is the sum of two halves of each row's SHA-256: it depends on repeated
// rows but not on the order, which a restore may change.
import { connect } from "../connection/connect.ts";
import { beginSnapshot, type Database } from "../connection/session.ts";
import type { Target } from "../connection/url.ts";
import { familyOf, PRODUCTS, type RawBuilder, sql, textIn, textOf } from "../ddl/builder.ts";
import { DestinationError } from "../../../common/errors.ts";
import { sha256 } from "../../../common/sha256.ts";

type TableContents = Record<string, { readonly rows: number; readonly sha256: string }>;

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** Settings with which every server prints a value as the same text. */
const SESSION = {
  postgres: [
    "set timezone = 'UTC'",
    "set datestyle = 'ISO, YMD'",
    "set intervalstyle = 'postgres'",
    "set extra_float_digits = 3",
    "set bytea_output = 'hex'",
    "set row_security = off",
    "set statement_timeout = 0",
    "set idle_in_transaction_session_timeout = 0",
  ],
  mysql: ["set session time_zone = '+00:00'", "set session sql_mode = ''"],
} as const;

export async function prepareSession(database: Database): Promise<void> {
  for (const setting of SESSION[familyOf(database.flavour)]) await database.run(setting);
}

/** Tables that store rows, except tables of extensions. */
const POSTGRES_TABLES = `select n.nspname, c.relname,
    (select json_agg(a.attname order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
      and d.objid = c.oid and d.deptype = 'e')
  order by 1, 2`;

const MYSQL_TABLES = `select t.table_schema, t.table_name, c.column_name
  from information_schema.tables t join information_schema.columns c
    on c.table_schema = t.table_schema and c.table_name = t.table_name
  where t.table_schema = database() and t.table_type = 'BASE TABLE'
  order by t.table_name, c.ordinal_position`;

async function tablesOf(database: Database): Promise<Table[]> {
  if (database.flavour === "postgres") {
    const rows = await database.rows(POSTGRES_TABLES);
    return rows.map(([schema, name, columns]) => ({
      schema: String(schema),
      name: String(name),
      columns: JSON.parse(String(columns ?? "[]")),
    }));
  }
  const rows = await database.rows(MYSQL_TABLES);
  return [...Map.groupBy(rows, ([, name]) => String(name))].map(([name, columns]) => ({
    schema: String(columns[0]?.[0]),
    name,
    columns: columns.map(([, , column]) => String(column)),
  }));
}

function postgresHalves({ schema, name }: Table): RawBuilder<unknown> {
  const half = (start: number) =>
    sql.raw(`sum(('x' || encode(substr(hash, ${start}, 8), 'hex'))::bit(64)::bigint)::text`);
  return sql`select count(*), count(hash), ${half(1)}, ${half(9)} from (
    select sha256(convert_to(debr_row::text, 'UTF8')) as hash
    from only ${sql.id(schema, name)} as debr_row) as hashes`;
}

function mysqlHalves({ name, columns }: Table): RawBuilder<unknown> {
  const half = (start: number) =>
    sql.raw(`sum(cast(conv(substr(hash, ${start}, 16), 16, 10) as unsigned))`);
  const values = columns.map((column) => sql`quote(${sql.id(column)})`);
  return sql`select count(*), count(hash), ${half(1)}, ${half(17)} from (
    select sha2(concat(${sql.join(values, sql.raw(", ',', "))}), 256) as hash
    from ${sql.id(name)}) as hashes`;
}

export async function readContents(
  database: Database,
  signal: AbortSignal,
): Promise<TableContents> {
  const postgres = database.flavour === "postgres";
  const contents: TableContents = {};
  for (const table of await tablesOf(database)) {
    signal.throwIfAborted();
    const halves = postgres ? postgresHalves(table) : mysqlHalves(table);
    const [[rows, hashed, ...sums] = []] = await database.rows(textOf(halves, database.flavour));
    // Nulls are text too, so only a row that is too large for the server has no hash.
    if (Number(rows) !== Number(hashed)) {
      throw new DestinationError(`Cannot hash ${table.name}: one of its rows is too long`, {
        step: "backup",
        next: "Raise max_allowed_packet of the server",
      });
    }
    const text = JSON.stringify([table.columns, String(rows), ...sums.map(String)]);
    const name = postgres ? `${table.schema}.${table.name}` : table.name;
    contents[name] = { rows: Number(rows), sha256: sha256(text) };
  }
  return contents;
}

/** Seconds to wait for writers before the tables are locked briefly. */
const LOCK_SECONDS = 60;

/** The version of the server and the bytes of the database. */
const SERVER = {
  postgres: "select current_setting('server_version'), pg_database_size(current_database())",
  mysql: `select version(), coalesce(sum(data_length), 0) from information_schema.tables
  where table_schema = database()`,
} as const;

export async function describeServer(database: Database) {
  const [[version, bytes] = []] = await database.rows(SERVER[familyOf(database.flavour)]);
  return { server: `${PRODUCTS[database.flavour]} ${version}`, bytes: Number(bytes) };
}

/** Begins a PostgreSQL transaction and exports its snapshot for `pg_dump --snapshot`. */
export async function exportSnapshot(database: Database): Promise<string> {
  await beginSnapshot(database);
  const [[snapshot] = []] = await database.rows("select pg_export_snapshot()");
  return String(snapshot);
}

/** Begins a MySQL transaction while tables are locked for writers; disposing unlocks them. */
export async function holdSnapshot(database: Database, target: Target): Promise<AsyncDisposable> {
  const holder = await connect(target, "dump");
  await holder.run(`set session lock_wait_timeout = ${LOCK_SECONDS}`);
  const tables = (await tablesOf(holder)).map(({ name }) => sql`${sql.id(name)} read`);
  if (tables.length > 0) {
    await holder.run(textIn(holder.flavour)`lock tables ${sql.join(tables)}`);
  }
  await beginSnapshot(database);
  return holder;
}

const GRANTED = `select distinct r.rolname from pg_shdepend d join pg_roles r on r.oid = d.refobjid
  where d.refclassid = 'pg_authid'::regclass and d.deptype in ('a', 'r')
    and d.dbid = (select oid from pg_database where datname = current_database()) order by 1`;

/** Lists roles with grants: a server without these roles cannot restore the grants. */
export async function grantedRoles({ rows }: Database): Promise<string[]> {
  return (await rows(GRANTED)).map(([role]) => String(role));
}

export async function missingRoles(
  { rows }: Database,
  roles: readonly string[],
): Promise<string[]> {
  const there = (await rows("select rolname from pg_roles")).map(([name]) => String(name));
  return roles.filter((role) => !there.includes(role));
}
