// The six tables as databases hold them, derived from `schema/`: the database makes the primary key
// of every table, foreign keys point to it, and what is the key in Parquet stays as a unique one.
import {
  type AnyTable,
  columnsOf,
  type NamedColumn,
  type Privacy,
  type Rules,
  rulesOf,
  TABLE_NAMES,
  type TableName,
  tablePrivacy,
  TABLES,
} from "../../../../schema/mod.ts";

/** The table that says which version of debr's tables a database holds; one row. */
export const META_TABLE = "debr_meta";

/** A column whose values are those of the Parquet table. */
export interface ValueColumn extends NamedColumn {
  readonly kind: "value";
  /** What its values keep to. */
  readonly rules: Rules;
  /** Whether it is part of a unique key. */
  readonly keyed: boolean;
}

/** A column that points to the primary key of another table. */
export interface ReferenceColumn {
  readonly kind: "reference";
  readonly name: string;
  readonly description: string;
  /** The table pointed to; its primary key has the same name as this column. */
  readonly table: string;
  /** The column of the Parquet tables, in both of them, that says which row is meant. */
  readonly by: string;
  /** Whether rows go with the row they point to. */
  readonly owned: boolean;
}

/** A table of the database. */
export interface DatabaseTable {
  readonly name: string;
  readonly description: string;
  readonly privacy: Privacy;
  /** The primary key, which the database makes. */
  readonly key: string;
  /** The other columns, in the order of the Parquet table. */
  readonly columns: readonly (ValueColumn | ReferenceColumn)[];
  /** Columns that say which row it is: the key of the Parquet table. */
  readonly unique: readonly string[];
  /** Columns that joins go by and no key begins with. */
  readonly indexed: readonly string[];
}

/** Name of the key of a table: that of one row, in English, with `_key`. */
function keyName(table: string): string {
  return `${table.replace(/ies$/, "y").replace(/s$/, "")}_key`;
}

function columnsOfDatabase(table: AnyTable): (ValueColumn | ReferenceColumn)[] {
  return columnsOf(table).map((column) => {
    const { name, description } = column;
    const keyed = table.primaryKey.includes(name);
    const target = table.foreignKeys.find((key) => key.column === name)?.references;
    if (target === undefined) {
      return { ...column, kind: "value", rules: rulesOf(table.columns[name]!), keyed };
    }
    const key = keyName(target);
    return { kind: "reference", name: key, description, table: target, by: name, owned: keyed };
  });
}

/** How a database holds a table. */
export function databaseTableOf(table: AnyTable): DatabaseTable {
  const columns = columnsOfDatabase(table);
  const unique = table.primaryKey.map((part) =>
    columns.find((column) => column.kind === "reference" && column.by === part)?.name ?? part
  );
  return {
    name: table.name,
    description: table.description,
    privacy: tablePrivacy(table),
    key: keyName(table.name),
    columns,
    unique,
    indexed: columns
      .filter(({ kind, name }) => kind === "reference" && name !== unique[0])
      .map(({ name }) => name),
  };
}

/** The six tables of a database, referenced before referencing. */
export const DATABASE_TABLES: readonly DatabaseTable[] = TABLE_NAMES.map((name) =>
  databaseTableOf(TABLES[name] as unknown as AnyTable)
);

/** One of {@link DATABASE_TABLES}. */
export function databaseTable(name: TableName): DatabaseTable {
  return DATABASE_TABLES[TABLE_NAMES.indexOf(name)]!;
}
