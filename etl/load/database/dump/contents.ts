// Computes rows and a content hash of each table in the database: the sum of two halves of each
// row's SHA-256. It depends on repeated rows but not on the order, which a restore may change.
import { type RawBuilder, sql, textOf } from "../ddl/builder.ts";
import { DestinationError } from "../../../common/errors.ts";
import type { Database, Value } from "../connection/session.ts";
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
  const settings = SESSION[database.flavour === "postgres" ? "postgres" : "mysql"];
  for (const setting of settings) await database.run(setting);
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

export async function tablesOf(database: Database): Promise<Table[]> {
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

/** Sums the two halves of the rows' hashes as numbers. */
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

/** Every row has a hash, because nulls are text too, unless it is too large for the server. */
function checkComplete(table: Table, [rows, hashed]: readonly Value[]): void {
  if (Number(rows) === Number(hashed)) return;
  throw new DestinationError(`Cannot hash ${table.name}: a row of it is too long`, {
    step: "backup",
    next: "Raise max_allowed_packet of the server",
  });
}

/** Returns the name of a table, with its schema only in PostgreSQL. */
function nameOf({ schema, name }: Table, { flavour }: Database): string {
  return flavour === "postgres" ? `${schema}.${name}` : name;
}

export async function readContents(
  database: Database,
  signal: AbortSignal,
): Promise<TableContents> {
  const contents: TableContents = {};
  const halves = database.flavour === "postgres" ? postgresHalves : mysqlHalves;
  for (const table of await tablesOf(database)) {
    signal.throwIfAborted();
    const [row = []] = await database.rows(textOf(halves(table), database.flavour));
    checkComplete(table, row);
    const [rows, , ...sums] = row;
    const text = JSON.stringify([table.columns, String(rows), ...sums.map(String)]);
    const hash = sha256(text);
    contents[nameOf(table, database)] = { rows: Number(rows), sha256: hash };
  }
  return contents;
}
