// Makes the statements that create the six tables: keys, checks, comments, indexes.
import {
  builderFor,
  type ColumnDefinitionBuilder,
  type Flavour,
  type RawBuilder,
  sql,
  textOf,
} from "./builder.ts";
import {
  DATABASE_TABLES,
  type DatabaseTable,
  type ReferenceColumn,
  type ValueColumn,
} from "./model.ts";
import { checksOf, commentOf, tableOptions, typeOf } from "./types.ts";

export const KEY_COMMENT = "Made by the database.";

export function columnComment(column: ValueColumn | ReferenceColumn): string {
  if (column.kind === "value") return commentOf(column);
  return column.owned
    ? `The row of ${column.table} it belongs to.`
    : `${column.description} See ${column.table}.`;
}

/** Adds a comment in MySQL; PostgreSQL has a separate statement for comments. */
function commented(column: ColumnDefinitionBuilder, comment: string, flavour: Flavour) {
  return flavour === "postgres" ? column : column.modifyEnd(sql`comment ${sql.lit(comment)}`);
}

export function referencesOf({ columns }: DatabaseTable): ReferenceColumn[] {
  return columns.filter((column) => column.kind === "reference");
}

export function onDelete(owned: boolean) {
  return owned ? "cascade" : "restrict";
}

export interface TableCheck {
  readonly name: string;
  readonly condition: RawBuilder<boolean>;
}

/** Returns at most one check for each column. */
export function tableChecks({ name, columns }: DatabaseTable, flavour: Flavour): TableCheck[] {
  return columns.flatMap((column) => {
    const checks = column.kind === "value" ? checksOf(column, flavour) : [];
    const condition = sql<boolean>`${sql.join(checks, sql` and `)}`;
    return checks.length === 0 ? [] : [{ name: `${name}_${column.name}_check`, condition }];
  });
}

export function columnType(column: ValueColumn | ReferenceColumn, flavour: Flavour): string {
  return column.kind === "value" ? typeOf(column, flavour) : "bigint";
}

function createTable(table: DatabaseTable, flavour: Flavour): string {
  const postgres = flavour === "postgres";
  let create = builderFor(flavour).schema.createTable(table.name).addColumn(
    table.key,
    "bigint",
    (column) =>
      commented(
        postgres
          ? column.generatedAlwaysAsIdentity().primaryKey()
          : column.notNull().autoIncrement().primaryKey(),
        KEY_COMMENT,
        flavour,
      ),
  );
  for (const column of table.columns) {
    create = create.addColumn(
      column.name,
      sql.raw(columnType(column, flavour)),
      (definition) => commented(definition.notNull(), columnComment(column), flavour),
    );
  }
  create = create.addUniqueConstraint(`${table.name}_unique`, [...table.unique]);
  for (const { name, condition } of tableChecks(table, flavour)) {
    create = create.addCheckConstraint(name, condition);
  }
  if (!postgres) {
    for (const { name, table: parent, owned } of referencesOf(table)) {
      const constraint = `${table.name}_${name}_fkey`;
      create = create.addForeignKeyConstraint(
        constraint,
        [name],
        parent,
        [name],
        (key) => key.onDelete(onDelete(owned)),
      );
    }
    create = create.ifNotExists().modifyEnd(
      sql`${sql.raw(tableOptions(flavour))} comment ${sql.lit(table.description)}`,
    );
  }
  return textOf(create, flavour);
}

/** In MySQL includes foreign keys and indexes: each statement commits and is idempotent. */
export function createTables(flavour: Flavour, tables = DATABASE_TABLES): string[] {
  const created = tables.map((table) => createTable(table, flavour));
  return flavour === "postgres" ? [...created, ...comments(tables)] : created;
}

function comments(tables: readonly DatabaseTable[]): string[] {
  const text = (statement: RawBuilder<unknown>) => textOf(statement, "postgres");
  return tables.flatMap(({ name, description, key, columns }) => {
    const all: (readonly [string, string])[] = [
      [key, KEY_COMMENT],
      ...columns.map((column) => [column.name, columnComment(column)] as const),
    ];
    return [
      text(sql`comment on table ${sql.id(name)} is ${sql.lit(description)}`),
      ...all.map(([column, comment]) =>
        text(sql`comment on column ${sql.id(name, column)} is ${sql.lit(comment)}`)
      ),
    ];
  });
}

export function addForeignKey(
  { table, column }: { table: DatabaseTable; column: ReferenceColumn },
  flavour: Flavour,
): string {
  const constraint = builderFor(flavour).schema.alterTable(table.name).addForeignKeyConstraint(
    `${table.name}_${column.name}_fkey`,
    [column.name],
    column.table,
    [column.name],
  );
  return textOf(constraint.onDelete(onDelete(column.owned)), flavour);
}

export function createIndex(
  { table, column }: { table: DatabaseTable; column: string },
  flavour: Flavour,
): string {
  const index = builderFor(flavour).schema.createIndex(`${table.name}_${column}_index`);
  return textOf(index.on(table.name).column(column), flavour);
}

/** Makes PostgreSQL's indexes separately: it is much faster to index and check loaded rows. */
export function createIndexes(tables = DATABASE_TABLES): string[] {
  return tables.flatMap((table) => [
    ...table.indexed.map((column) => createIndex({ table, column }, "postgres")),
    ...referencesOf(table).map((column) => addForeignKey({ table, column }, "postgres")),
  ]);
}

/** Makes the statements for empty tables with indexes. */
export function createWhole(flavour: Flavour, tables = DATABASE_TABLES): string[] {
  return [
    ...createTables(flavour, tables),
    ...(flavour === "postgres" ? createIndexes(tables) : []),
  ];
}
