/**
 * Answers of real servers to catalog queries, recorded as files, so that tests need no server.
 * `deno test -P=test tests/integration/catalogs_test.ts -- --update` records them again.
 *
 * @module
 */
import type { Answer, Database, Flavour } from "../../../etl/load/database/mod.ts";

/** The recorded servers: PostgreSQL 15 and MariaDB 10.11. */
export const RECORDED = ["postgres", "mariadb"] as const;

/** The databases: one that debr made, and one of another application with many column types. */
export const DATABASES = ["people", "shop"] as const;

/** The name of a recorded database. */
export type RecordedName = `${typeof RECORDED[number]}-${typeof DATABASES[number]}`;

/** The answers of one database, by query. */
export interface Recording {
  readonly flavour: Flavour;
  readonly schema: string;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

/** Returns the file of a recording. */
export function recordingFile(name: RecordedName): URL {
  return new URL(`./catalogs/${name}.json`, import.meta.url);
}

/** Reads a recording. */
export async function recording(name: RecordedName): Promise<Recording> {
  return JSON.parse(await Deno.readTextFile(recordingFile(name)));
}

/** Collapses white space, so that the layout of a query does not matter. */
export function queryKey(sql: string): string {
  return sql.replace(/\s+/g, " ").trim();
}

/** Makes a session that answers queries from a recording and refuses statements. */
export function replay({ flavour, schema, answers }: Recording): Database {
  const ask = (sql: string) => {
    const found = answers[queryKey(sql)];
    if (found !== undefined) return Promise.resolve([...found]);
    return Promise.reject(new Error(`Not recorded, see tests/load/database/catalogs.ts: ${sql}`));
  };
  const refuse = () => Promise.reject(new Error("Expected no statement"));
  return {
    flavour,
    schema,
    ask,
    rows: async (sql) => (await ask(sql)).map((row) => Object.values(row)),
    run: refuse,
    copy: refuse,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
