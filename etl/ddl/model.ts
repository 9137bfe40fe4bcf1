/**
 * The six tables as databases hold them, derived from `schema/`: the database makes the primary key
 * of every table, foreign keys point to it, and what is the key in Parquet stays as a unique one.
 *
 * @module
 */
import {
  columnsOf,
  type Constraints,
  constraintsOf,
  type NamedColumn,
  type Privacy,
  type Table,
  TABLE_NAMES,
  type TableName,
  tablePrivacy,
  TABLES,
} from "../../schema/mod.ts";

/** A column whose values are those of the Parquet table. */
export interface ValueColumn extends NamedColumn {
  readonly kind: "value";
  readonly constraints: Constraints;
  /** Whether it is part of a unique key. */
  readonly keyed: boolean;
}

/** A column that points to the primary key of another table. */
export interface ReferenceColumn {
  readonly kind: "reference";
  readonly name: string;
  readonly description: string;
  /** The table pointed to; its primary key has the same name as this column. */
  readonly table: TableName;
  /** The column of the Parquet tables, in both of them, that says which row is meant. */
  readonly by: string;
  /** Whether rows go with the row they point to. */
  readonly owned: boolean;
}

/** A table of the database. */
export interface DatabaseTable {
  readonly name: TableName;
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

/** Names of the primary keys that databases make. */
const KEYS: Readonly<Record<TableName, string>> = {
  countries: "country_key",
  timezones: "timezone_key",
  media: "media_key",
  users: "user_key",
  logins: "login_key",
  altids: "altid_key",
};

function derive(name: TableName): DatabaseTable {
  const table: Table = TABLES[name] as unknown as Table;
  const pointers = new Map(table.foreignKeys.map((key) => [key.column, key.references]));
  const columns = columnsOf(table).map((column): ValueColumn | ReferenceColumn => {
    const target = pointers.get(column.name) as TableName | undefined;
    const keyed = table.primaryKey.includes(column.name);
    if (target === undefined) {
      const constraints = constraintsOf(table.columns[column.name]!);
      return { ...column, kind: "value", constraints, keyed };
    }
    return {
      kind: "reference",
      name: KEYS[target],
      description: column.description,
      table: target,
      by: column.name,
      owned: keyed,
    };
  });
  const named = (column: string) => {
    const target = pointers.get(column) as TableName | undefined;
    return target === undefined ? column : KEYS[target];
  };
  const unique = table.primaryKey.map(named);
  return {
    name,
    description: table.description,
    privacy: tablePrivacy(table),
    key: KEYS[name],
    columns,
    unique,
    indexed: columns
      .filter(({ kind, name }) => kind === "reference" && name !== unique[0])
      .map(({ name }) => name),
  };
}

/** The six tables of a database, referenced before referencing. */
export const DATABASE_TABLES: readonly DatabaseTable[] = TABLE_NAMES.map(derive);

/** One of {@link DATABASE_TABLES}. */
export function databaseTable(name: TableName): DatabaseTable {
  return DATABASE_TABLES[TABLE_NAMES.indexOf(name)]!;
}
