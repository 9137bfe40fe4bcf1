/**
 * Database tables without constraints, which can hold invalid data.
 *
 * @module
 */
import {
  columnsOf,
  type ColumnType,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../schema/mod.ts";
import { type Dialect, DIALECTS } from "../../etl/load/database/mod.ts";
import { databaseTable } from "../../etl/load/database/ddl/model.ts";
import type { Database } from "../../etl/load/database/connection/session.ts";
import type { LooseColumn, LooseTables } from "../quality/check/dataset.ts";

const TYPES = {
  postgres: {
    text: "text",
    uuid: "uuid",
    integer: "integer",
    decimal: "numeric(7,4)",
    timestamp: "timestamp(3)",
    double: "double precision",
    zoned: "timestamptz(3)",
  },
  mysql: {
    text: "text",
    uuid: "char(36) character set ascii collate ascii_bin",
    integer: "int",
    decimal: "decimal(7,4)",
    timestamp: "datetime(3)",
    double: "double",
    zoned: "timestamp(3) null",
  },
} as const satisfies Record<string, Record<ColumnType | "double" | "zoned", string>>;

/** The first key without a target row. */
const NOWHERE = 1_000_000;

const BATCH = 500;

const dialectOf = ({ flavour }: Database): Dialect => DIALECTS[flavour];

function uuidText(bytes: Uint8Array): string {
  return bytes.toHex().replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const codeText = (value: unknown) => value instanceof Uint8Array ? uuidText(value) : String(value);

function print(value: unknown, type: LooseColumn["type"], database: Database): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" && (type === "timestamp" || type === "zoned")) {
    const iso = new Date(value).toISOString().slice(0, 23).replace("T", " ");
    return `'${iso}${type === "zoned" && database.flavour === "postgres" ? "+00" : ""}'`;
  }
  if (typeof value === "number") return String(value);
  return dialectOf(database).literal(codeText(value));
}

/** Returns a function that maps a code to its key, or an unknown code to a key without a target. */
function keysOf(tables: LooseTables, table: TableName, by: string): (code: unknown) => string {
  const keys = new Map<string, number>();
  for (const [row, value] of (tables[table][by]?.values ?? []).entries()) {
    const code = codeText(value);
    if (value !== null && !keys.has(code)) keys.set(code, row + 1);
  }
  const unknown = new Map<string, number>();
  return (code) => {
    if (code === null) return "null";
    const text = codeText(code);
    const found = keys.get(text) ?? unknown.get(text) ?? NOWHERE + unknown.size;
    if (found >= NOWHERE) unknown.set(text, found);
    return String(found);
  };
}

interface Printed {
  readonly definition: string;
  readonly values: readonly string[];
}

function columnsIn(tables: LooseTables, table: TableName, database: Database): Printed[] {
  const { key, columns } = databaseTable(table);
  const kind = database.flavour === "postgres" ? "postgres" : "mysql";
  const loose = tables[table];
  const rows = Object.values(loose)[0]?.values.length ?? 0;
  const keys = Array.from({ length: rows }, (_, row) => String(row + 1));
  const known = columnsOf(TABLES[table]).flatMap(({ name }): Printed[] => {
    const column = loose[name];
    if (column === undefined) return [];
    const reference = columns.find((one) => one.kind === "reference" && one.by === name);
    if (reference?.kind === "reference") {
      if (tables[reference.table as TableName][name] === undefined) return [];
      const keyOf = keysOf(tables, reference.table as TableName, name);
      return [{ definition: `${reference.name} bigint`, values: column.values.map(keyOf) }];
    }
    const values = column.values.map((value) => print(value, column.type, database));
    return [{ definition: `${name} ${TYPES[kind][column.type]}`, values }];
  });
  return [{ definition: `${key} bigint primary key`, values: keys }, ...known];
}

/** Creates the six tables in a database and fills them. */
export async function writeLoose(database: Database, tables: LooseTables): Promise<void> {
  const options = {
    postgres: "",
    mysql: " character set utf8mb4 collate utf8mb4_0900_bin",
    mariadb: " character set utf8mb4 collate utf8mb4_nopad_bin",
  };
  for (const table of TABLE_NAMES) {
    const columns = columnsIn(tables, table, database);
    const definitions = columns.map(({ definition }) => definition).join(", ");
    await database.run(`drop table if exists ${table}`);
    await database.run(`create table ${table} (${definitions})${options[database.flavour]}`);
    const rows = columns[0]!.values.map((_, row) =>
      `(${columns.map(({ values }) => values[row]).join(", ")})`
    );
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH).join(",\n");
      await database.run(`insert into ${table} values ${batch}`);
    }
  }
}
