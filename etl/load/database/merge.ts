// Staged rows have the Parquet columns, so joins look up keys of referenced rows by their codes.
import { type AnyTable, columnsOf, type TableName, TABLES } from "../../../schema/mod.ts";
import { type Flavour, names, type RawBuilder, sql, textIn } from "./ddl/builder.ts";
import { type DatabaseTable, databaseTable, tableOptions, typeOf } from "./ddl/model.ts";

export const FORGOTTEN_TABLE = "debr_stage_forgotten";

export function stageName(table: TableName): string {
  return `debr_stage_${table}`;
}

export function stageColumns(table: TableName): string[] {
  return columnsOf(TABLES[table]).map(({ name }) => name);
}

/** Returns the database type of a Parquet column; a code has the type of the referenced column. */
function stagedType(table: TableName, name: string, flavour: Flavour): string {
  const nameOf = (column: DatabaseTable["columns"][number]) =>
    column.kind === "value" ? column.name : column.by;
  const column = databaseTable(table).columns.find((column) => nameOf(column) === name)!;
  if (column.kind === "value") return typeOf(column, flavour);
  return stagedType(column.table as TableName, name, flavour);
}

function temporary(name: string, columns: RawBuilder<unknown>, flavour: Flavour): string {
  const options = flavour === "postgres" ? sql`` : sql.raw(` ${tableOptions(flavour)}`);
  return textIn(flavour)`create temporary table ${sql.id(name)} (${columns})${options}`;
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

// Only PostgreSQL spends time on each column, so it analyzes only the columns that joins use.
export function analyzeStage(name: TableName, flavour: Flavour): string {
  const { primaryKey, foreignKeys } = TABLES[name] as AnyTable;
  const joined = new Set([...primaryKey, ...foreignKeys.map(({ column }) => column)]);
  const [stage, text] = [sql.id(stageName(name)), textIn(flavour)];
  return flavour === "postgres"
    ? text`analyze ${stage} (${names([...joined])})`
    : text`analyze table ${stage}`;
}

/** Joins staged rows `s` with the rows `p_…` that their codes reference, and finds them in `t`. */
function joined(name: TableName) {
  const { columns, unique } = databaseTable(name);
  const pairs = columns.map((column) => ({
    column: sql.id(column.name),
    old: sql.id("t", column.name),
    value: sql.id(column.kind === "reference" ? `p_${column.table}` : "s", column.name),
    keyed: unique.includes(column.name),
  }));
  const parents = columns.filter((column) => column.kind === "reference").map(({ table, by }) => {
    const parent = `p_${table}`;
    return sql` join ${sql.id(table)} as ${sql.id(parent)} on ${sql.id(parent, by)} = ${
      sql.id("s", by)
    }`;
  });
  const keys = pairs.filter(({ keyed }) => keyed).map(({ old, value }) => sql`${old} = ${value}`);
  return {
    pairs,
    staged: sql`${sql.id(stageName(name))} as s${sql.join(parents, sql``)}`,
    same: sql.join(keys, sql` and `),
    table: sql.id(name),
  };
}

export function countMatching(name: TableName, flavour: Flavour): string {
  const { staged, table, same } = joined(name);
  return textIn(flavour)`select count(*) from ${staged} join ${table} as t on ${same}`;
}

export function updateChanged(name: TableName, flavour: Flavour): string {
  const { pairs, staged, table, same } = joined(name);
  const others = pairs.filter(({ keyed }) => !keyed);
  const text = textIn(flavour);
  if (flavour === "postgres") {
    const set = sql.join(others.map(({ column, value }) => sql`${column} = ${value}`));
    const olds = sql.join(others.map(({ old }) => old));
    const values = sql.join(others.map(({ value }) => value));
    const changed = sql`(${olds}) is distinct from (${values})`;
    return text`update ${table} as t set ${set} from ${staged} where ${same} and ${changed}`;
  }
  const set = sql.join(others.map(({ old, value }) => sql`${old} = ${value}`));
  const equal = sql.join(others.map(({ old, value }) => sql`${old} <=> ${value}`), sql` and `);
  return text`update ${staged} join ${table} as t on ${same} set ${set} where not (${equal})`;
}

export function insertNew(
  name: TableName,
  { flavour, empty }: { flavour: Flavour; empty: boolean },
): string {
  const { pairs, staged, table, same } = joined(name);
  const columns = sql.join(pairs.map(({ column }) => column));
  const values = sql.join(pairs.map(({ value }) => value));
  const missing = sql` where not exists (select 1 from ${table} as t where ${same})`;
  return textIn(flavour)`insert into ${table} (${columns}) select ${values} from ${staged}${
    empty ? sql`` : missing
  }`;
}

export function deleteForgotten(name: "users" | "logins" | "altids", flavour: Flavour): string {
  const people = sql`select user_id from ${sql.id(FORGOTTEN_TABLE)}`;
  const theirs = name === "users"
    ? sql`user_id in (${people})`
    : sql`user_key in (select user_key from users where user_id in (${people}))`;
  return textIn(flavour)`delete from ${sql.id(name)} where ${theirs}`;
}
