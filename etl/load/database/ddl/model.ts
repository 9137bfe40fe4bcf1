// The database generates primary keys, which foreign keys reference. The Parquet key is unique.
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

/** The table with the version of debr's tables in its only row. */
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
  /** The referenced table; its primary key has the same name as this column. */
  readonly table: string;
  /** The column in both Parquet tables that identifies the referenced row. */
  readonly by: string;
  /** Whether a row is deleted together with the row that it references. */
  readonly owned: boolean;
}

export interface DatabaseTable {
  readonly name: string;
  readonly description: string;
  readonly privacy: Privacy;
  readonly key: string;
  /** The columns in the order of the Parquet table. */
  readonly columns: readonly (ValueColumn | ReferenceColumn)[];
  readonly unique: readonly string[];
  /** Columns for joins that are not the first column of a key. */
  readonly indexed: readonly string[];
}

function keyName(table: string): string {
  return `${table.replace(/ies$/, "y").replace(/s$/, "")}_key`;
}

function columnsOfDatabase(table: AnyTable): DatabaseTable["columns"] {
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

/** The tables; a referenced table comes before the tables that reference it. */
export const DATABASE_TABLES: readonly DatabaseTable[] = TABLE_NAMES.map((name) =>
  databaseTableOf(TABLES[name] as unknown as AnyTable)
);

export function databaseTable(name: TableName): DatabaseTable {
  return DATABASE_TABLES[TABLE_NAMES.indexOf(name)]!;
}
