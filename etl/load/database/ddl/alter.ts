// Makes the statements that undo changes of a table. debr only prints them, because a change may be
// intended.
import {
  builderFor,
  type ColumnDefinitionBuilder,
  type Flavour,
  names,
  sql,
  textOf,
} from "./builder.ts";
import { columnComment, columnType, KEY_COMMENT, type TableCheck } from "./create.ts";
import type { DatabaseTable, ReferenceColumn, ValueColumn } from "./model.ts";
import { EXACT } from "./types.ts";

export type Dropped =
  | "foreign key"
  | "check"
  | "unique key"
  | "primary key"
  | "index"
  | "trigger";

interface Named {
  readonly table: string;
  readonly name: string;
}

type Column = ValueColumn | ReferenceColumn;

interface ColumnOf {
  readonly table: DatabaseTable;
  /** Missing for the key that the database generates. */
  readonly column: Column | undefined;
}

export type Aspect = "type" | "nullability" | "default" | "identity" | "collation" | "comment";

function commentIn({ column }: ColumnOf): string {
  return column === undefined ? KEY_COMMENT : columnComment(column);
}

function nameIn({ table, column }: ColumnOf): string {
  return column?.name ?? table.key;
}

/** MySQL needs the whole definition of a column for any change. */
function define({ table, column }: ColumnOf) {
  return (definition: ColumnDefinitionBuilder) => {
    const made = column === undefined ? definition.notNull().autoIncrement() : definition.notNull();
    return made.modifyEnd(sql`comment ${sql.lit(commentIn({ table, column }))}`);
  };
}

/** The actions that undo properties of a PostgreSQL table. */
const UNDO: Readonly<Record<string, string>> = {
  "row level security": "disable row level security",
  "row level security for its owner too": "no force row level security",
  "foreign keys not enforced": "enable trigger all",
  unlogged: "set logged",
};

export class Alter {
  readonly #flavour: Flavour;

  constructor(flavour: Flavour) {
    this.#flavour = flavour;
  }

  drop(what: Dropped, { table, name }: Named): string {
    const [of, id] = [sql.id(table), sql.id(name)];
    const postgres = this.#flavour === "postgres";
    const alter = sql`alter table ${of} drop `;
    const constraint = sql`${alter}constraint ${id}`;
    const statements = {
      trigger: postgres ? sql`drop trigger ${id} on ${of}` : sql`drop trigger ${id}`,
      index: postgres ? sql`drop index ${id}` : sql`drop index ${id} on ${of}`,
      check: constraint,
      "primary key": postgres ? constraint : sql`${alter}primary key`,
      "unique key": postgres ? constraint : sql`${alter}index ${id}`,
      "foreign key": postgres ? constraint : sql`${alter}foreign key ${id}`,
    };
    return textOf(statements[what], this.#flavour);
  }

  column(aspect: Aspect, of: ColumnOf): string {
    const flavour = this.#flavour;
    if (flavour !== "postgres") return this.#modify(of, flavour);
    const type = sql.raw(this.#type(of));
    const column = sql.id(nameIn(of));
    const alter = sql`alter table ${sql.id(of.table.name)} alter column ${column}`;
    const statements = {
      type: sql`${alter} type ${type} using ${column}::${type}`,
      nullability: sql`${alter} set not null`,
      default: sql`${alter} drop default`,
      identity: of.column === undefined
        ? sql`${alter} add generated always as identity`
        : sql`${alter} drop identity if exists`,
      collation: sql`${alter} type ${type}`,
      comment: sql`comment on column ${sql.id(of.table.name, nameIn(of))} is ${
        sql.lit(commentIn(of))
      }`,
    };
    return textOf(statements[aspect], flavour);
  }

  /** Adds an empty column, which `load` fills. */
  addColumn(of: ColumnOf): string {
    const [table, column] = [sql.id(of.table.name), sql.id(nameIn(of))];
    const add = sql`alter table ${table} add column ${column} ${sql.raw(this.#type(of))}`;
    return textOf(add, this.#flavour);
  }

  rename({ table, name }: Named, to: string): string {
    const alter = builderFor(this.#flavour).schema.alterTable(table);
    return textOf(alter.renameColumn(name, to), this.#flavour);
  }

  commentTable({ name, description }: DatabaseTable): string {
    const [table, comment] = [sql.id(name), sql.lit(description)];
    const statement = this.#flavour === "postgres"
      ? sql`comment on table ${table} is ${comment}`
      : sql`alter table ${table} comment ${comment}`;
    return textOf(statement, this.#flavour);
  }

  /** Undoes a property in the catalog; returns `undefined` if no statement can. */
  undo(table: string, special: string): string | undefined {
    const alter = sql`alter table ${sql.id(table)} `;
    const engine = /^engine /.test(special) ? "engine = InnoDB" : undefined;
    const action = UNDO[special] ?? engine;
    return action && textOf(sql`${alter}${sql.raw(action)}`, this.#flavour);
  }

  addKey(kind: "primary" | "unique", { name, key, unique }: DatabaseTable): string {
    const add = sql`alter table ${sql.id(name)} add `;
    const what = kind === "primary"
      ? sql`primary key (${sql.id(key)})`
      : sql`constraint ${sql.id(`${name}_unique`)} unique (${names(unique)})`;
    return textOf(sql`${add}${what}`, this.#flavour);
  }

  addCheck(table: string, { name, condition }: TableCheck): string {
    const alter = builderFor(this.#flavour).schema.alterTable(table);
    return textOf(alter.addCheckConstraint(name, condition), this.#flavour);
  }

  #type({ column }: ColumnOf): string {
    return column === undefined ? "bigint" : columnType(column, this.#flavour);
  }

  #modify(of: ColumnOf, flavour: Exclude<Flavour, "postgres">): string {
    const type = this.#type(of);
    const isText = /^(?:var)?char|^text/.test(type) && !type.includes("collate");
    const full = isText ? `${type} character set utf8mb4 collate ${EXACT[flavour]}` : type;
    const table = builderFor(flavour).schema.alterTable(of.table.name);
    return textOf(table.modifyColumn(nameIn(of), sql.raw(full), define(of)), flavour);
  }
}
