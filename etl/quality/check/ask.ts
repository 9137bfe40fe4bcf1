// Queries a dataset for a few rows, and explains failures without showing a value.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { DebrError } from "../../common/errors.ts";
import type { Answer, Dialect } from "../../load/database/mod.ts";
import type { Dataset } from "../../query/mod.ts";
import { DUCKDB } from "./dialect.ts";
import type { FoundTables } from "./sql.ts";

export type { Answer };

/** Tables that SQL can query, on any engine. */
export interface Asked {
  readonly dialect: Dialect;
  /** Runs a statement that returns few rows. */
  readonly ask: (sql: string) => Promise<Answer[]>;
  readonly find: () => Promise<FoundTables>;
  /** Explains why a statement failed, without a value of a row. */
  readonly reasonOf: (error: unknown) => string;
  /** Explains that a custom statement is not this engine's SQL; `undefined` for other faults. */
  readonly foreign: (error: unknown) => string | undefined;
  /** Whether the time of the last write to a table is known. */
  readonly knowsWritten: boolean;
  /** Returns a form of the statement that runs outside debr. */
  readonly whole: (sql: string) => string;
}

export async function askOne({ ask }: Pick<Asked, "ask">, sql: string): Promise<Answer> {
  const [row = {}] = await ask(sql);
  return row;
}

/** DuckDB errors about the statement or the files, not about rows. */
const ABOUT_SQL = /\b(?:Parser|Syntax|Binder|Catalog|IO) Error: /;
const ABOUT_ROWS = /\b(?!Parser|Syntax|Binder|Catalog|IO)[A-Z][A-Za-z ]*? Error: /;

// DuckDB quotes the value of a failing row, so messages about rows are omitted.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown fault";
  const { message } = error;
  const kind = ABOUT_ROWS.exec(message)?.[0];
  if (kind !== undefined) return `${kind.trim().replace(/:$/, "")} on a row of the data`;
  if (ABOUT_SQL.test(message) || error instanceof DebrError) {
    return message.replace(/^Cannot run SQL: /, "");
  }
  return error.name;
}

async function answers(
  dataset: Dataset,
  { sql, signal }: { sql: string; signal: AbortSignal | undefined },
): Promise<Answer[]> {
  const result = await dataset.query(sql, signal && { signal });
  try {
    const names = result.columns.map(({ name }) => name);
    return (await result.rows()).map((row) =>
      Object.fromEntries(names.map((name, at) => [name, row[at] as string | null]))
    );
  } finally {
    await result.close();
  }
}

/** Queries Parquet tables on either DuckDB. */
export function askDataset(dataset: Dataset, signal?: AbortSignal): Asked {
  const ask = (sql: string) => answers(dataset, { sql, signal });
  const find = async () => {
    const rows = await ask(
      "select table_name, column_name, data_type from duckdb_columns() " +
        `where schema_name = 'main' and table_name in (${
          TABLE_NAMES.map((name) => `'${name}'`).join(", ")
        })`,
    );
    return new Map(TABLE_NAMES.map((table) => {
      const columns = rows.filter(({ table_name }) => table_name === table)
        .map(({ column_name, data_type }) => [column_name ?? "", data_type ?? ""] as const);
      return [table, { dialect: DUCKDB, types: new Map(columns) }];
    }));
  };
  return {
    dialect: DUCKDB,
    ask,
    find,
    reasonOf,
    foreign: () => undefined,
    knowsWritten: true,
    whole: (sql) => sql,
  };
}
