// The six tables in a database, derived from `schema/`: the database makes every primary key,
// foreign keys refer to it, and the Parquet key stays as a unique one.
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

/** One row with the version of debr's tables. */
export const META_TABLE = "debr_meta";

export interface ValueColumn extends NamedColumn {
  readonly kind: "value";
  readonly rules: Rules;
  /** Part of a unique key. */
  readonly keyed: boolean;
}

export interface ReferenceColumn {
  readonly kind: "reference";
  readonly name: string;
  readonly description: string;
  /** Its primary key has the same name as this column. */
  readonly table: string;
  /** The column of both Parquet tables that identifies the row. */
  readonly by: string;
  /** Whether rows are deleted with the row they refer to. */
  readonly owned: boolean;
}

export interface DatabaseTable {
  readonly name: string;
  readonly description: string;
  readonly privacy: Privacy;
  readonly key: string;
  /** In the order of the Parquet table. */
  readonly columns: readonly (ValueColumn | ReferenceColumn)[];
  /** The key of the Parquet table. */
  readonly unique: readonly string[];
  /** Columns to join by that begin no key. */
  readonly indexed: readonly string[];
}

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

/** Referenced before referencing. */
export const DATABASE_TABLES: readonly DatabaseTable[] = TABLE_NAMES.map((name) =>
  databaseTableOf(TABLES[name] as unknown as AnyTable)
);

export function databaseTable(name: TableName): DatabaseTable {
  return DATABASE_TABLES[TABLE_NAMES.indexOf(name)]!;
}
