import {
  createQueryId,
  MysqlQueryCompiler,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "npm:kysely@0.29.9";

export { type RawBuilder, sql } from "npm:kysely@0.29.9";

/** MariaDB differs from MySQL in collations and regular expressions. */
export const PRODUCTS = { postgres: "PostgreSQL", mysql: "MySQL", mariadb: "MariaDB" } as const;

export type Flavour = keyof typeof PRODUCTS;

export function familyOf(flavour: Flavour): "postgres" | "mysql" {
  return flavour === "postgres" ? "postgres" : "mysql";
}

const COMPILERS = { postgres: new PostgresQueryCompiler(), mysql: new MysqlQueryCompiler() };

/** Returns the text of a statement. Throws a `TypeError` if it has parameters. */
export function textOf(statement: RawBuilder<unknown>, flavour: Flavour): string {
  const compiler = COMPILERS[familyOf(flavour)];
  const node = statement.toOperationNode();
  const { sql: text, parameters } = compiler.compileQuery(node, createQueryId());
  if (parameters.length > 0) throw new TypeError(`Cannot print SQL with parameters: ${text}`);
  return text;
}

/** Returns a template tag like `sql` that makes the text of a statement. */
export function textIn(flavour: Flavour): (...statement: Parameters<typeof sql>) => string {
  return (...statement) => textOf(sql(...statement), flavour);
}

export function names(list: readonly string[]): RawBuilder<unknown> {
  return sql.join(list.map((name) => sql.id(name)));
}

export function literals(list: readonly string[]): RawBuilder<unknown> {
  return sql.join(list.map((text) => sql.lit(text)));
}

const TOKEN = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|[()]|, |[^'"`(),]+|./gs;

/** Formats SQL for readers: puts each item of a statement's first list on its own line. */
export function layOut(statement: string): string {
  let [depth, ended] = [0, false];
  return statement.replace(TOKEN, (token) => {
    if (ended) return token;
    if (token === "(") return ++depth === 1 ? "(\n  " : token;
    if (token === ")") ended = --depth === 0;
    if (ended) return "\n)";
    return token === ", " && depth === 1 ? ",\n  " : token;
  });
}

export function script(statements: readonly string[]): string {
  return statements.map((text) => `${text.startsWith("create table") ? layOut(text) : text};\n`)
    .join("");
}
