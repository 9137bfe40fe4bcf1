import { type Flavour, names, type RawBuilder, sql, textIn } from "./builder.ts";
import {
  checksOf,
  commentOf,
  DATABASE_TABLES,
  type DatabaseTable,
  type ReferenceColumn,
  tableOptions,
  typeOf,
  type ValueColumn,
} from "./model.ts";

/** A column; `undefined` is the key that the database generates. */
export type Column = ValueColumn | ReferenceColumn | undefined;

export function columnComment(column: Column): string {
  if (column === undefined) return "Made by the database.";
  if (column.kind === "value") return commentOf(column);
  return column.owned
    ? `The row of ${column.table} it belongs to.`
    : `${column.description} See ${column.table}.`;
}

export function columnType(column: Column, flavour: Flavour): string {
  return column?.kind === "value" ? typeOf(column, flavour) : "bigint";
}

interface Reference extends ReferenceColumn {
  readonly constraint: string;
  readonly onDelete: "cascade" | "restrict";
}

export function referencesOf({ name, columns }: DatabaseTable): Reference[] {
  return columns.filter((column) => column.kind === "reference").map((column) => ({
    ...column,
    constraint: `${name}_${column.name}_fkey`,
    onDelete: column.owned ? "cascade" : "restrict",
  }));
}

export const uniqueName = (table: string) => `${table}_unique`;

export const indexName = (table: string, column: string) => `${table}_${column}_index`;

export interface TableCheck {
  readonly name: string;
  readonly condition: RawBuilder<unknown>;
}

export function tableChecks({ name, columns }: DatabaseTable, flavour: Flavour): TableCheck[] {
  return columns.flatMap((column) => {
    const checks = column.kind === "value" ? checksOf(column, flavour) : [];
    const condition = sql.join(checks, sql` and `);
    return checks.length === 0 ? [] : [{ name: `${name}_${column.name}_check`, condition }];
  });
}

export function uniqueConstraint({ name, unique }: DatabaseTable): RawBuilder<unknown> {
  return sql`constraint ${sql.id(uniqueName(name))} unique (${names(unique)})`;
}

export function checkConstraint({ name, condition }: TableCheck): RawBuilder<unknown> {
  return sql`constraint ${sql.id(name)} check (${condition})`;
}

function foreignKey({ name, table, constraint, onDelete }: Reference) {
  const [id, key, target] = [sql.id(constraint), sql.id(name), sql.id(table)];
  const action = sql.raw(onDelete);
  return sql`constraint ${id} foreign key (${key}) references ${target} (${key}) on delete ${action}`;
}

function createTable(table: DatabaseTable, flavour: Flavour): string {
  const postgres = flavour === "postgres";
  // PostgreSQL has separate statements for comments.
  const comment = (text: string) => postgres ? sql`` : sql` comment ${sql.lit(text)}`;
  const key = postgres
    ? "generated always as identity primary key"
    : "not null primary key auto_increment";
  const definitions = sql.join([
    sql`${sql.id(table.key)} bigint ${sql.raw(key)}${comment(columnComment(undefined))}`,
    ...table.columns.map((column) => {
      const type = sql.raw(columnType(column, flavour));
      return sql`${sql.id(column.name)} ${type} not null${comment(columnComment(column))}`;
    }),
    uniqueConstraint(table),
    ...tableChecks(table, flavour).map(checkConstraint),
    ...(postgres ? [] : referencesOf(table).map(foreignKey)),
  ]);
  const [name, text] = [sql.id(table.name), textIn(flavour)];
  if (postgres) return text`create table ${name} (${definitions})`;
  const options = sql`${sql.raw(tableOptions(flavour))}${comment(table.description)}`;
  return text`create table if not exists ${name} (${definitions}) ${options}`;
}

/** In MySQL includes foreign keys and indexes: each statement commits and is idempotent. */
export function createTables(flavour: Flavour, tables = DATABASE_TABLES): string[] {
  const created = tables.map((table) => createTable(table, flavour));
  return flavour === "postgres" ? [...created, ...tables.flatMap(comments)] : created;
}

function comments({ name, description, key, columns }: DatabaseTable): string[] {
  const text = textIn("postgres");
  return [
    text`comment on table ${sql.id(name)} is ${sql.lit(description)}`,
    ...[undefined, ...columns].map((column) => {
      const id = sql.id(name, column?.name ?? key);
      return text`comment on column ${id} is ${sql.lit(columnComment(column))}`;
    }),
  ];
}

export function addForeignKey(
  { table, reference }: { table: DatabaseTable; reference: Reference },
  flavour: Flavour,
): string {
  return textIn(flavour)`alter table ${sql.id(table.name)} add ${foreignKey(reference)}`;
}

export function createIndex(
  { table: { name }, column }: { table: DatabaseTable; column: string },
  flavour: Flavour,
): string {
  const index = sql.id(indexName(name, column));
  return textIn(flavour)`create index ${index} on ${sql.id(name)} (${sql.id(column)})`;
}

/** Makes PostgreSQL's indexes separately: it is much faster to index and check loaded rows. */
export function createIndexes(tables = DATABASE_TABLES): string[] {
  return tables.flatMap((table) => [
    ...table.indexed.map((column) => createIndex({ table, column }, "postgres")),
    ...referencesOf(table).map((reference) => addForeignKey({ table, reference }, "postgres")),
  ]);
}

export function createWhole(flavour: Flavour, tables = DATABASE_TABLES): string[] {
  return [
    ...createTables(flavour, tables),
    ...(flavour === "postgres" ? createIndexes(tables) : []),
  ];
}
