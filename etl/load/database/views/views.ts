// Shows a database like the Parquet tables: views in a `with` clause replace keys by codes and ids.
import { columnsOf, TABLE_NAMES, type TableName, TABLES } from "../../../../schema/mod.ts";
import { DestinationError } from "../../../common/errors.ts";
import { type Answer, beginSnapshot, type Database } from "../connection/session.ts";
import { requireVisible } from "../state.ts";
import { familyOf } from "../ddl/builder.ts";
import { databaseTable, type ReferenceColumn } from "../ddl/model.ts";
import { type Dialect, DIALECTS, TEXT } from "./dialect.ts";

const COLUMNS = {
  postgres: `select c.relname as "table", a.attname as name,
  format_type(a.atttypid, a.atttypmod) as type, null as collation
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = current_schema()::regnamespace order by a.attnum`,
  mysql: `select table_name as \`table\`, column_name as \`name\`, column_type as \`type\`,
  collation_name as \`collation\`
from information_schema.columns where table_schema = database() order by ordinal_position`,
} as const;

interface HeldColumn {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
}

type Held = ReadonlyMap<string, readonly HeldColumn[]>;

function heldOf(rows: readonly Answer[]): Held {
  const columns = rows.map(({ table, name, type, collation = null }) => ({
    table: table ?? "",
    name: name ?? "",
    type: type ?? "",
    collation,
  }));
  return Map.groupBy(columns, ({ table }) => table);
}

/** Makes a code or id for a key without a row; it is as long as a real one. */
function placeholder(key: string, { isUuid, dialect }: { isUuid: boolean; dialect: Dialect }) {
  const digits = isUuid ? 12 : 16;
  if (dialect === DIALECTS.postgres) {
    const code = `lpad(to_hex(${key}), ${digits}, '0')`;
    return isUuid ? `('00000000-0000-0000-0000-' || ${code})::uuid` : code;
  }
  const code = `lpad(lower(hex(${key})), ${digits}, '0')`;
  return isUuid ? `concat('00000000-0000-0000-0000-', ${code})` : code;
}

class Views {
  readonly #database: Database;
  readonly #held: Held;
  readonly #dialect: Dialect;

  constructor(database: Database, held: Held) {
    this.#database = database;
    this.#held = held;
    this.#dialect = DIALECTS[database.flavour];
  }

  types(): ReadonlyMap<TableName, ReadonlyMap<string, string>> {
    return new Map(TABLE_NAMES.map((table) => [
      table,
      new Map(this.#columns(table).map(({ name, type }) => [name, type] as const)),
    ]));
  }

  /** Adds the views that a statement uses. */
  whole(sql: string): string {
    const named = TABLE_NAMES.filter((table) => new RegExp(`\\b${table}\\b`, "i").test(sql));
    if (named.length === 0) return sql;
    return `with ${named.map((table) => this.#view(table)).join(",\n")}\n${sql}`;
  }

  #column(table: string, name: string): HeldColumn | undefined {
    return this.#held.get(table)?.find((column) => column.name === name);
  }

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

  /** Returns the Parquet columns that exist, and columns that a person added. */
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
    const how = this.#database.flavour === "postgres" ? "not materialized " : "";
    // The limit makes MariaDB materialize the view, which avoids a slow join row by row.
    const filled = this.#database.flavour === "mariadb" && table !== "users"
      ? ` limit ${2n ** 64n - 1n}`
      : "";
    return `${table} as ${how}(select ${list} from ${this.#base(table)} as t ${joins}${filled})`;
  }
}

export async function readViews(database: Database): Promise<Views> {
  const held = heldOf(await database.ask(COLUMNS[familyOf(database.flavour)]));
  const lost = TABLE_NAMES.filter((table) => !held.has(table));
  if (lost.length === 0) return new Views(database, held);
  await requireVisible(database, lost);
  const reason = `there is no table ${lost.join(", ")}`;
  throw new DestinationError(`Cannot check ${database.schema}: ${reason}`, {
    step: "check",
    next: { code: "tables_not_loaded" },
  });
}

/** Begins a read-only transaction that survives a failed statement. */
export async function beginReading(database: Database): Promise<Database["ask"]> {
  const { flavour, ask, run } = database;
  await run(flavour === "postgres" ? "set time zone 'UTC'" : "set session time_zone = '+00:00'");
  await beginSnapshot(database);
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
