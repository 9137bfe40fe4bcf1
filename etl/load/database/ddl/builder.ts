// The SQL builder for each database. It makes only text and has no connection or state.
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

/** MariaDB differs from MySQL in collations and regular expressions. */
export const FLAVOURS = ["postgres", "mysql", "mariadb"] as const;

export type Flavour = typeof FLAVOURS[number];

export const PRODUCTS: Readonly<Record<Flavour, string>> = {
  postgres: "PostgreSQL",
  mysql: "MySQL",
  mariadb: "MariaDB",
};

/** A builder for rows of any shape, because it does not know the types of `schema/`. */
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

export function builderFor(flavour: Flavour): Builder {
  return BUILDERS[flavour === "postgres" ? "postgres" : "mysql"];
}

/** Returns the text of a statement. Throws a `TypeError` if it has parameters. */
export function textOf(statement: Compilable | RawBuilder<unknown>, flavour: Flavour): string {
  const { sql: text, parameters } = statement.compile(builderFor(flavour));
  if (parameters.length > 0) throw new TypeError(`Cannot print SQL with parameters: ${text}`);
  return text;
}

/** Returns quoted names, separated by commas. */
export function names(list: readonly string[]): RawBuilder<unknown> {
  return sql.join(list.map((name) => sql.id(name)));
}
