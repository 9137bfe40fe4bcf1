// Writes tables for PostgreSQL and MySQL, and views over the Parquet files for DuckDB and Spark.
import { type AnyTable, columnsOf, type ColumnType, DECIMAL } from "../../schema/mod.ts";
import {
  commentOf,
  createWhole,
  databaseTableOf,
  type Flavour,
  layOut,
} from "../load/database/mod.ts";
import { DUCKDB_TYPE, identifier, keysOf, literal } from "../query/mod.ts";

const GENERATED = "-- Generated from schema/ by: deno task docs";

const DIALECT: Readonly<Record<"postgres" | "mysql", string>> = {
  postgres: "PostgreSQL 12 or later",
  mysql: "MySQL 8.0.16 or later; MariaDB takes other collations, see deno task load --dry-run",
};

export function databaseSql(
  tables: readonly AnyTable[],
  dialect: Extract<Flavour, keyof typeof DIALECT>,
): string {
  const laidOut = createWhole(dialect, tables.map(databaseTableOf)).map((sql) =>
    sql.startsWith("create") ? `\n${layOut(sql)};` : `${sql};`
  );
  return [
    `-- The tables in ${DIALECT[dialect]}.`,
    "-- The database generates the primary keys; debr's ids and codes are unique external keys, and",
    "-- foreign keys point to the generated ones.",
    GENERATED,
    ...laidOut,
    "",
  ].join("\n");
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join(",\n");
}

function duckdbView(table: AnyTable): string {
  const columns = columnsOf(table);
  const name = identifier(table.name);
  const selected = columns.map((column) =>
    `${identifier(column.name)}::${DUCKDB_TYPE[column.type]} as ${identifier(column.name)}`
  );
  const comments = columns.map((column) =>
    `comment on column ${name}.${identifier(column.name)} is ${literal(commentOf(column))};`
  );
  return [
    `create or replace view ${name} as select`,
    indented(selected),
    `from read_parquet('data/tables/${table.name}/*.parquet');`,
    `comment on view ${name} is ${literal(`${table.description} ${keysOf(table)}`)};`,
    ...comments,
  ].join("\n");
}

export function duckdbSql(tables: readonly AnyTable[]): string {
  return [
    "-- Views over the Parquet files, for DuckDB 0.10 or later, started in the folder that holds data/:",
    "-- duckdb -init docs/schema/duckdb.sql",
    GENERATED,
    ...tables.map((table) => `\n${duckdbView(table)}`),
    "",
  ].join("\n");
}

/** Stored types in Spark. It has no UUID type and reads Parquet's UUIDs only as bytes. */
const SPARK_STORED: Readonly<Record<ColumnType, string>> = {
  text: "string",
  uuid: "binary",
  integer: "int",
  decimal: `decimal(${DECIMAL.precision}, ${DECIMAL.scale})`,
  timestamp: "timestamp_ntz",
};

const UUID_GROUPS = "'^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5'";

const spark = {
  name: (name: string) => `\`${name.replaceAll("`", "``")}\``,
  text: (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
};

function sparkTable(table: AnyTable): string {
  const columns = columnsOf(table);
  const files = spark.name(`${table.name}_parquet`);
  const stored = columns.map(({ name, type }) => `${spark.name(name)} ${SPARK_STORED[type]}`);
  const named = columns.map((column) =>
    `${spark.name(column.name)} comment ${spark.text(commentOf(column))}`
  );
  const selected = columns.map(({ name, type }) =>
    type === "uuid"
      ? `regexp_replace(lower(hex(${spark.name(name)})), ${UUID_GROUPS}) as ${spark.name(name)}`
      : spark.name(name)
  );
  return [
    `create table if not exists ${files} (`,
    indented(stored),
    `) using parquet location '\${spark.debr.tables}/${table.name}';`,
    `create or replace view ${spark.name(table.name)} (`,
    indented(named),
    `) comment ${spark.text(`${table.description} ${keysOf(table)}`)} as select`,
    indented(selected),
    `from ${files};`,
  ].join("\n");
}

/** Creates tables over the Parquet files, and views that print UUIDs as text. */
export function sparkSql(tables: readonly AnyTable[]): string {
  return [
    "-- Tables over the Parquet files and views with UUIDs as text, for Spark 3.4 or later:",
    '-- spark-sql --conf spark.debr.tables="$PWD/data/tables" -f docs/schema/spark.sql',
    GENERATED,
    ...tables.map((table) => `\n${sparkTable(table)}`),
    "",
  ].join("\n");
}
