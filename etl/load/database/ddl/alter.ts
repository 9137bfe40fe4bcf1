// debr only prints these statements, because a change may be intended.
import { type Flavour, sql, textIn } from "./builder.ts";
import {
  checkConstraint,
  type Column,
  columnComment,
  columnType,
  type TableCheck,
  uniqueConstraint,
} from "./create.ts";
import { type DatabaseTable, EXACT, IS_TEXT } from "./model.ts";

export type Dropped = "foreign key" | "check" | "unique key" | "primary key" | "index" | "trigger";

interface Named {
  readonly table: string;
  readonly name: string;
}

interface ColumnOf {
  readonly table: DatabaseTable;
  readonly column: Column;
}

export type Aspect = "type" | "nullability" | "default" | "identity" | "collation" | "comment";

const UNDO: Readonly<Record<string, string>> = {
  "row level security": "disable row level security",
  "row level security for its owner too": "no force row level security",
  "foreign keys not enforced": "enable trigger all",
  unlogged: "set logged",
};

export class Alter {
  readonly #flavour: Flavour;
  readonly #text: ReturnType<typeof textIn>;

  constructor(flavour: Flavour) {
    this.#flavour = flavour;
    this.#text = textIn(flavour);
  }

  drop(what: Dropped, { table, name }: Named): string {
    const [of, id] = [sql.id(table), sql.id(name)];
    const postgres = this.#flavour === "postgres";
    const on = sql` on ${of}`;
    if (what === "trigger") return this.#text`drop trigger ${id}${postgres ? on : sql``}`;
    if (what === "index") return this.#text`drop index ${id}${postgres ? sql`` : on}`;
    const key = {
      check: sql`constraint ${id}`,
      "primary key": sql`primary key`,
      "unique key": sql`index ${id}`,
      "foreign key": sql`foreign key ${id}`,
    };
    return this.#text`alter table ${of} drop ${key[postgres ? "check" : what]}`;
  }

  column(aspect: Aspect, { table, column }: ColumnOf): string {
    const name = column?.name ?? table.key;
    const [of, id, comment] = [sql.id(table.name), sql.id(name), sql.lit(columnComment(column))];
    if (this.#flavour !== "postgres") {
      const whole = sql.raw(this.#definition(column, this.#flavour));
      return this.#text`alter table ${of} modify column ${id} ${whole} comment ${comment}`;
    }
    if (aspect === "comment") {
      return this.#text`comment on column ${sql.id(table.name, name)} is ${comment}`;
    }
    const type = sql.raw(columnType(column, "postgres"));
    const action = {
      type: sql`type ${type} using ${id}::${type}`,
      nullability: sql`set not null`,
      default: sql`drop default`,
      identity: sql.raw(
        column === undefined ? "add generated always as identity" : "drop identity if exists",
      ),
      collation: sql`type ${type}`,
    };
    return this.#text`alter table ${of} alter column ${id} ${action[aspect]}`;
  }

  /** Adds an empty column, which `load` fills. */
  addColumn({ table, column }: ColumnOf): string {
    const [of, id] = [sql.id(table.name), sql.id(column?.name ?? table.key)];
    const type = sql.raw(columnType(column, this.#flavour));
    return this.#text`alter table ${of} add column ${id} ${type}`;
  }

  rename({ table, name }: Named, to: string): string {
    return this.#text`alter table ${sql.id(table)} rename column ${sql.id(name)} to ${sql.id(to)}`;
  }

  commentTable({ name, description }: DatabaseTable): string {
    const [table, comment] = [sql.id(name), sql.lit(description)];
    return this.#flavour === "postgres"
      ? this.#text`comment on table ${table} is ${comment}`
      : this.#text`alter table ${table} comment ${comment}`;
  }

  undo(table: string, special: string): string | undefined {
    const action = UNDO[special] ?? (special.startsWith("engine ") ? "engine = InnoDB" : undefined);
    return action && this.#text`alter table ${sql.id(table)} ${sql.raw(action)}`;
  }

  addKey(kind: "primary" | "unique", table: DatabaseTable): string {
    const primary = sql`primary key (${sql.id(table.key)})`;
    const key = kind === "primary" ? primary : uniqueConstraint(table);
    return this.#text`alter table ${sql.id(table.name)} add ${key}`;
  }

  addCheck(table: string, check: TableCheck): string {
    return this.#text`alter table ${sql.id(table)} add ${checkConstraint(check)}`;
  }

  /** Returns the whole definition, which MySQL needs for any change of a column. */
  #definition(column: Column, flavour: Exclude<Flavour, "postgres">): string {
    const type = columnType(column, flavour);
    const isText = IS_TEXT.test(type) && !type.includes("collate");
    const full = isText ? `${type} character set utf8mb4 collate ${EXACT[flavour]}` : type;
    return `${full} not null${column === undefined ? " auto_increment" : ""}`;
  }
}
