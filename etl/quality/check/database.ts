/**
 * The tables of a database, to be judged by its own SQL. They are seen through views of the statement
 * that have the columns of the Parquet tables: codes and ids in place of the keys that the database
 * made.
 *
 * @module
 */
import { columnsOf, TABLE_NAMES, type TableName, TABLES } from "../../../schema/mod.ts";
import { databaseTable, type ReferenceColumn } from "../../load/database/ddl/model.ts";
import { DebrError, DestinationError } from "../../common/errors.ts";
import type { Answer, Database } from "../../load/database/connection/session.ts";
import { DatabaseError } from "../../load/database/connection/faults.ts";
import type { Asked } from "./ask.ts";
import { type Dialect, MARIADB, MYSQL, POSTGRES, TEXT } from "./dialect.ts";
import type { FoundTables } from "./sql.ts";

const DIALECTS = { postgres: POSTGRES, mysql: MYSQL, mariadb: MARIADB } as const;

/** How the engines are called where their SQL is spoken of. */
const ENGINES = { postgres: "PostgreSQL", mysql: "MySQL", mariadb: "MariaDB" } as const;

const COLUMNS = {
  postgres: `select c.relname as "table", a.attname as name,
  format_type(a.atttypid, a.atttypmod) as type, null as collation
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = current_schema()::regnamespace order by a.attnum`,
  mysql: `select table_name as \`table\`, column_name as \`name\`, column_type as \`type\`,
  collation_name as \`collation\`
from information_schema.columns where table_schema = database() order by ordinal_position`,
} as const;

/** All is read as of one moment; nothing is written, whatever somebody's own SQL asks for. */
const BEGIN = {
  postgres: [
    "set time zone 'UTC'",
    "begin transaction isolation level repeatable read, read only",
  ],
  mysql: [
    "set session time_zone = '+00:00'",
    "set session transaction isolation level repeatable read",
    "start transaction with consistent snapshot, read only",
  ],
} as const;

/** Codes of faults in a statement as such, whose messages show no value of a row. */
const ABOUT_SQL = /^(?:42|0A)|^ER_(?:PARSE|BAD_FIELD|NO_SUCH_TABLE|SP_DOES_NOT|NON_UNIQ|.*DENIED)/;

/** Codes of statements that are of another engine's SQL: syntax, functions, operators, types. */
const FOREIGN = /^(?:42601|42883|42704|42725|0A000)$|^ER_(?:PARSE_ERROR|SP_DOES_NOT_EXIST)/;

interface HeldColumn {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
}

type Held = ReadonlyMap<string, readonly HeldColumn[]>;

function heldOf(rows: readonly Answer[]): Held {
  return Map.groupBy(
    rows.map(({ table, name, type, collation }) => ({
      table: table ?? "",
      name: name ?? "",
      type: type ?? "",
      collation: collation ?? null,
    })),
    ({ table }) => table,
  );
}

/** A code or an id that stands for a key which points to nothing: as long as a real one. */
function placeholder(key: string, { isUuid, dialect }: { isUuid: boolean; dialect: Dialect }) {
  const digits = isUuid ? 12 : 16;
  if (dialect === POSTGRES) {
    const code = `lpad(to_hex(${key}), ${digits}, '0')`;
    return isUuid ? `('00000000-0000-0000-0000-' || ${code})::uuid` : code;
  }
  const code = `lpad(lower(hex(${key})), ${digits}, '0')`;
  return isUuid ? `concat('00000000-0000-0000-0000-', ${code})` : code;
}

/** Makes the views of a database. */
class Views {
  readonly #database: Database;
  readonly #held: Held;
  readonly #dialect: Dialect;

  constructor(database: Database, held: Held) {
    this.#database = database;
    this.#held = held;
    this.#dialect = DIALECTS[database.flavour];
  }

  /** The columns that the views have. */
  found(): FoundTables {
    return new Map(TABLE_NAMES.map((table) => {
      const types = this.#columns(table).map(({ name, type }) => [name, type] as const);
      return [table, { dialect: this.#dialect, types: new Map(types) }];
    }));
  }

  /** A statement with the views that it names. */
  whole(sql: string): string {
    const named = TABLE_NAMES.filter((table) => new RegExp(`\\b${table}\\b`, "i").test(sql));
    if (named.length === 0) return sql;
    return `with ${named.map((table) => this.#view(table)).join(",\n")}\n${sql}`;
  }

  #column(table: string, name: string): HeldColumn | undefined {
    return this.#held.get(table)?.find((column) => column.name === name);
  }

  /** What a column of a table holds, told apart to the last space whatever its collation. */
  #exact(alias: string, { name, type, collation }: HeldColumn): string {
    const sql = `${alias}.${this.#dialect.identifier(name)}`;
    const isExact = collation === null || /_bin$/.test(collation) || !TEXT.test(type);
    return isExact ? sql : this.#dialect.exact(sql);
  }

  #reference({ name, table, by }: ReferenceColumn, own: HeldColumn) {
    const [key, code] = [this.#column(table, name), this.#column(table, by)];
    if (key === undefined || code === undefined) return undefined;
    const dialect = this.#dialect;
    const [ours, theirs] = [`t.${own.name}`, `p_${table}.${name}`];
    const isUuid = columnsOf(TABLES[table as TableName]).find((one) => one.name === by)?.type ===
      "uuid";
    const none = placeholder(ours, { isUuid, dialect });
    return {
      name: by,
      type: code.type,
      sql: `case when ${theirs} is not null then ${this.#exact(`p_${table}`, code)} ` +
        `when ${ours} is not null then ${none} end`,
      join: `left join ${this.#base(table)} as p_${table} on ${theirs} = ${ours}`,
    };
  }

  /** The columns of a view: those of the Parquet table that are there, and others somebody added. */
  #columns(table: TableName) {
    const { key, columns } = databaseTable(table);
    return (this.#held.get(table) ?? []).filter(({ name }) => name !== key).flatMap((own) => {
      const known = columns.find(({ name }) => name === own.name);
      if (known?.kind === "reference") return this.#reference(known, own) ?? [];
      return [{ name: own.name, type: own.type, sql: this.#exact("t", own), join: "" }];
    });
  }

  #base(table: string): string {
    const { identifier } = this.#dialect;
    return `${identifier(this.#database.schema)}.${identifier(table)}`;
  }

  #view(table: TableName): string {
    const { identifier } = this.#dialect;
    const columns = this.#columns(table);
    const list = columns.map(({ name, sql }) => `${sql} as ${identifier(name)}`).join(", ");
    const joins = columns.map(({ join }) => join).filter((join) => join !== "").join(" ");
    const how = this.#dialect === POSTGRES ? "not materialized " : "";
    // MariaDB joins by an expression row by row, unless it has filled a table with it: a limit is why.
    const filled = this.#dialect === MARIADB && table !== "users" ? ` limit ${2n ** 64n - 1n}` : "";
    return `${table} as ${how}(select ${list} from ${this.#base(table)} as t ${joins}${filled})`;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof DatabaseError)) {
    return error instanceof DebrError ? error.message : "unknown fault";
  }
  if (ABOUT_SQL.test(error.code)) return error.message.replace(/^Cannot use \S+: /, "");
  return `fault ${error.code} on a row of the data`;
}

/** Runs a statement so that one that fails does not end the transaction. */
function guarded({ flavour, ask, run }: Database): (sql: string) => Promise<Answer[]> {
  if (flavour !== "postgres") return ask;
  return async (sql) => {
    await run("savepoint asked");
    try {
      return await ask(sql);
    } catch (error) {
      await run("rollback to savepoint asked");
      throw error;
    }
  };
}

function missing(held: Held, { schema }: Database): void {
  const lost = TABLE_NAMES.filter((table) => !held.has(table));
  if (lost.length === 0) return;
  throw new DestinationError(`Cannot check ${schema}: there is no table ${lost.join(", ")}`, {
    step: "check",
    next: "Fill it: deno task load; what else differs: deno task drift",
  });
}

/**
 * The tables of a database over a session, which begins a transaction that only reads. Throws a
 * `DestinationError` where a table is missing.
 */
export async function askDatabase(database: Database): Promise<Asked> {
  const { flavour } = database;
  const kind = flavour === "postgres" ? "postgres" : "mysql";
  const held = heldOf(await database.ask(COLUMNS[kind]));
  missing(held, database);
  for (const statement of BEGIN[kind]) await database.run(statement);
  const views = new Views(database, held);
  const ask = guarded(database);
  return {
    dialect: DIALECTS[flavour],
    ask: (sql) => ask(views.whole(sql)),
    find: () => Promise.resolve(views.found()),
    reasonOf,
    foreign: (error) =>
      error instanceof DatabaseError && FOREIGN.test(error.code)
        ? `not run: its SQL is not ${ENGINES[flavour]}'s (${reasonOf(error)})`
        : undefined,
    knowsWritten: false,
    whole: (sql) => views.whole(sql),
  };
}
