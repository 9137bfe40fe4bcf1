// Queries a dataset for a few rows, and explains failures without showing a value.
import { type ColumnType, DECIMAL, TABLE_NAMES } from "../../../schema/mod.ts";
import { DebrError } from "../../common/errors.ts";
import type { Answer, Dialect } from "../../load/database/mod.ts";
import { type Dataset, identifier, literal } from "../../query/mod.ts";
import type { FoundTables } from "./sql.ts";

/** Tables that SQL can query, on any engine. */
export interface Asked {
  readonly dialect: Dialect;
  readonly ask: (sql: string) => Promise<Answer[]>;
  readonly find: () => Promise<FoundTables>;
  /** Explains why a statement failed, without a value of a row. */
  readonly reasonOf: (error: unknown) => string;
  /** Explains that a custom statement is not this engine's SQL; `undefined` for other faults. */
  readonly foreign: (error: unknown) => string | undefined;
  readonly knowsWritten: boolean;
  /** Returns a form of the statement that runs outside debr. */
  readonly whole: (sql: string) => string;
}

export async function askOne({ ask }: Pick<Asked, "ask">, sql: string): Promise<Answer> {
  const [row = {}] = await ask(sql);
  return row;
}

const NUMBER =
  /^(?:u?(?:tiny|small|medium|big|huge)?int(?:eger)?|decimal|numeric|float|double|real)\b/i;
const MOMENT = /^(?:timestamp|datetime|date)\b/i;
const TYPES: Readonly<Record<ColumnType, RegExp>> = {
  text: /^VARCHAR$/,
  uuid: /^UUID$/,
  integer: /^INTEGER$/,
  decimal: new RegExp(`^DECIMAL\\(${DECIMAL.precision},${DECIMAL.scale}\\)$`),
  timestamp: /^TIMESTAMP(_MS|_NS)?$/,
};

export const DUCKDB: Dialect = {
  patterns: "re2",
  literal,
  identifier,
  exact: (text) => text,
  text: ({ sql, type }) => type === "VARCHAR" ? sql : `${sql}::varchar`,
  number: (column) =>
    NUMBER.test(column.type)
      ? `${column.sql}::double`
      : `try_cast(${DUCKDB.text(column)} as double)`,
  moment: (column) =>
    MOMENT.test(column.type)
      ? `${column.sql}::timestamp`
      : `try_cast(${DUCKDB.text(column)} as timestamp)`,
  momentLiteral: (iso) => `timestamp ${literal(iso.replace("T", " ").replace(/Z$/, ""))}`,
  matches: (text, pattern) => `regexp_matches(${text}, ${literal(pattern)})`,
  length: (text) => `length(${text})`,
  quantile: (value, { share }) => `quantile_disc(${value}, ${share})`,
  accepts: (type, found) => TYPES[type].test(found),
};

/** DuckDB errors about the statement or the files, not about rows. */
const ABOUT_SQL = /\b(?:Parser|Syntax|Binder|Catalog|IO) Error: /;
const ABOUT_ROWS = /\b(?!Parser|Syntax|Binder|Catalog|IO)[A-Z][A-Za-z ]*? Error: /;

// DuckDB quotes the value of a failing row, so messages about rows are omitted.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const { message } = error;
  const kind = ABOUT_ROWS.exec(message)?.[0];
  if (kind !== undefined) return `${kind.trim().replace(/:$/, "")} on a row of the data`;
  if (ABOUT_SQL.test(message) || error instanceof DebrError) {
    return message.replace(/^Cannot run SQL: /, "");
  }
  return error.name;
}

export function askDataset(dataset: Dataset, signal?: AbortSignal): Asked {
  const ask = async (sql: string) => {
    const result = await dataset.query(sql, signal && { signal });
    try {
      const names = result.columns.map(({ name }) => name);
      return (await result.rows()).map((row) =>
        Object.fromEntries(names.map((name, at) => [name, row[at] as string | null]))
      );
    } finally {
      await result.close();
    }
  };
  const find = async () => {
    const rows = await ask(
      "select table_name, column_name, data_type from duckdb_columns() " +
        `where schema_name = 'main' and table_name in (${TABLE_NAMES.map(literal).join(", ")})`,
    );
    const byTable = Map.groupBy(rows, ({ table_name }) => table_name);
    return new Map(TABLE_NAMES.map((table) => {
      const columns = (byTable.get(table) ?? [])
        .map(({ column_name, data_type }) => [column_name ?? "", data_type ?? ""] as const);
      return [table, { dialect: DUCKDB, types: new Map(columns) }];
    }));
  };
  const [foreign, whole] = [() => undefined, (sql: string) => sql];
  return { dialect: DUCKDB, ask, find, reasonOf, foreign, knowsWritten: true, whole };
}
