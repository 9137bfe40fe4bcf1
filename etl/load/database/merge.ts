// Makes the statements that upsert staged rows. Staged rows have the Parquet columns, so joins look
// up the database keys of referenced rows by their codes.
import { type AnyTable, columnsOf, type TableName, TABLES } from "../../../schema/mod.ts";
import { type Flavour, names, type RawBuilder, sql, textOf } from "./ddl/builder.ts";
import { referencesOf } from "./ddl/create.ts";
import { type DatabaseTable, databaseTable } from "./ddl/model.ts";
import { tableOptions, typeOf } from "./ddl/types.ts";

/** The stage of the forgotten people's ids. */
export const FORGOTTEN_TABLE = "debr_stage_forgotten";

export function stageName(table: TableName): string {
  return `debr_stage_${table}`;
}

export function stageColumns(table: TableName): string[] {
  return columnsOf(TABLES[table]).map(({ name }) => name);
}

/** Returns the database type of a Parquet column; a code has the type of the referenced column. */
function stagedType(table: TableName, name: string, flavour: Flavour): string {
  const { columns } = databaseTable(table);
  for (const column of columns) {
    if (column.kind === "value" && column.name === name) return typeOf(column, flavour);
    if (column.kind === "reference" && column.by === name) {
      return stagedType(column.table as TableName, name, flavour);
    }
  }
  throw new TypeError(`Cannot stage ${table}.${name}: no table has such a column`);
}

function temporary(name: string, columns: RawBuilder<unknown>, flavour: Flavour): string {
  const options = flavour === "postgres" ? sql`` : sql.raw(` ${tableOptions(flavour)}`);
  return textOf(sql`create temporary table ${sql.id(name)} (${columns})${options}`, flavour);
}

export function createStage(table: TableName, flavour: Flavour): string {
  const columns = stageColumns(table).map((name) =>
    sql`${sql.id(name)} ${sql.raw(stagedType(table, name, flavour))} not null`
  );
  return temporary(stageName(table), sql.join(columns), flavour);
}

export function createForgottenStage(flavour: Flavour): string {
  const type = sql.raw(stagedType("users", "user_id", flavour));
  return temporary(FORGOTTEN_TABLE, sql`user_id ${type} not null`, flavour);
}

/** Joins staged rows `s` with the rows `p_…` that their codes reference. */
function staged(table: DatabaseTable): RawBuilder<unknown> {
  const joins = referencesOf(table).map(({ table: parent, by }) => {
    const alias = `p_${parent}`;
    return sql` join ${sql.id(parent)} as ${sql.id(alias)} on ${sql.id(alias, by)} = ${
      sql.id("s", by)
    }`;
  });
  return sql`${sql.id(stageName(table.name as TableName))} as s${sql.join(joins, sql``)}`;
}

// Only PostgreSQL spends time on each column, so it analyzes only the columns that joins use.
export function analyzeStage(name: TableName, flavour: Flavour): string {
  const { primaryKey, foreignKeys } = TABLES[name] as AnyTable;
  const joined = new Set([...primaryKey, ...foreignKeys.map(({ column }) => column)]);
  const stage = sql.id(stageName(name));
  return textOf(
    flavour === "postgres"
      ? sql`analyze ${stage} (${names([...joined])})`
      : sql`analyze table ${stage}`,
    flavour,
  );
}

function valueOf(table: DatabaseTable, name: string): RawBuilder<unknown> {
  const reference = referencesOf(table).find((column) => column.name === name);
  return reference === undefined ? sql.id("s", name) : sql.id(`p_${reference.table}`, name);
}

function same(table: DatabaseTable): RawBuilder<unknown> {
  const pairs = table.unique.map((name) => sql`${sql.id("t", name)} = ${valueOf(table, name)}`);
  return sql.join(pairs, sql` and `);
}

export function countMatching(name: TableName, flavour: Flavour): string {
  const table = databaseTable(name);
  return textOf(
    sql`select count(*) from ${staged(table)} join ${sql.id(name)} as t on ${same(table)}`,
    flavour,
  );
}

/** Updates only rows that differ. */
export function updateChanged(name: TableName, flavour: Flavour): string {
  const table = databaseTable(name);
  const columns = table.columns.map((column) => column.name)
    .filter((column) => !table.unique.includes(column));
  const values = columns.map((column) => valueOf(table, column));
  const olds = columns.map((column) => sql.id("t", column));
  if (flavour === "postgres") {
    const set = columns.map((column, at) => sql`${sql.id(column)} = ${values[at]}`);
    return textOf(
      sql`update ${sql.id(name)} as t set ${sql.join(set)} from ${staged(table)} where ${
        same(table)
      } and (${sql.join(olds)}) is distinct from (${sql.join(values)})`,
      flavour,
    );
  }
  const set = olds.map((old, at) => sql`${old} = ${values[at]}`);
  const equal = olds.map((old, at) => sql`${old} <=> ${values[at]}`);
  return textOf(
    sql`update ${staged(table)} join ${sql.id(name)} as t on ${same(table)} set ${
      sql.join(set)
    } where not (${sql.join(equal, sql` and `)})`,
    flavour,
  );
}

/** Inserts missing rows, or all rows into an empty table. */
export function insertNew(
  name: TableName,
  { flavour, empty }: { flavour: Flavour; empty: boolean },
): string {
  const table = databaseTable(name);
  const columns = table.columns.map((column) => column.name);
  const values = columns.map((column) => valueOf(table, column));
  const missing = sql` where not exists (select 1 from ${sql.id(name)} as t where ${same(table)})`;
  return textOf(
    sql`insert into ${sql.id(name)} (${names(columns)}) select ${sql.join(values)} from ${
      staged(table)
    }${empty ? sql`` : missing}`,
    flavour,
  );
}

export function deleteForgotten(
  name: "users" | "logins" | "altids",
  flavour: Flavour,
): string {
  const people = sql`select user_id from ${sql.id(FORGOTTEN_TABLE)}`;
  const theirs = name === "users"
    ? sql`user_id in (${people})`
    : sql`user_key in (select user_key from users where user_id in (${people}))`;
  return textOf(sql`delete from ${sql.id(name)} where ${theirs}`, flavour);
}
