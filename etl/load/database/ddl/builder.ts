// The SQL builder, set to one of the databases. It only makes text: no connection, no state.
import {
  type Compilable,
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "npm:kysely@0.29.9";

export { type ColumnDefinitionBuilder, type RawBuilder, sql } from "npm:kysely@0.29.9";

/** The databases debr writes SQL for. MariaDB differs from MySQL in collations and regular expressions. */
export const FLAVOURS = ["postgres", "mysql", "mariadb"] as const;

/** A database debr writes SQL for. */
export type Flavour = typeof FLAVOURS[number];

/** How they are called. */
export const PRODUCTS: Readonly<Record<Flavour, string>> = {
  postgres: "PostgreSQL",
  mysql: "MySQL",
  mariadb: "MariaDB",
};

/** Rows of any shape: the builder makes tables from `schema/`, whose types it does not know. */
// deno-lint-ignore no-explicit-any
type Builder = Kysely<any>;

function make(adapter: "postgres" | "mysql"): Builder {
  return new Kysely({
    dialect: {
      createAdapter: () => adapter === "postgres" ? new PostgresAdapter() : new MysqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new TypeError("Cannot look into a database: the builder has no connection");
      },
      createQueryCompiler: () =>
        adapter === "postgres" ? new PostgresQueryCompiler() : new MysqlQueryCompiler(),
    },
  });
}

const BUILDERS = { postgres: make("postgres"), mysql: make("mysql") } as const;

/** The builder for a database. */
export function builderFor(flavour: Flavour): Builder {
  return BUILDERS[flavour === "postgres" ? "postgres" : "mysql"];
}

/** The text of a statement that takes no parameters. Throws a `TypeError` where it takes some. */
export function textOf(statement: Compilable | RawBuilder<unknown>, flavour: Flavour): string {
  const { sql: text, parameters } = statement.compile(builderFor(flavour));
  if (parameters.length > 0) throw new TypeError(`Cannot print SQL with parameters: ${text}`);
  return text;
}

/** A list of names, quoted and separated by commas. */
export function names(list: readonly string[]): RawBuilder<unknown> {
  return sql.join(list.map((name) => sql.id(name)));
}
