/**
 * What real servers answer about themselves, kept as files: tests compare, print SQL and say messages
 * without a server. `deno test -P=test tests/integration/catalogs_test.ts -- --update` records again.
 *
 * @module
 */
import type { Answer, Database, Flavour } from "../../../etl/load/database/mod.ts";

/** The servers that were asked: PostgreSQL 15 and MariaDB 10.11. */
export const RECORDED = ["postgres", "mariadb"] as const;

/** The databases: debr's own, and one of somebody else with types of all sorts. */
export const DATABASES = ["people", "shop"] as const;

/** The name of a recorded database. */
export type RecordedName = `${typeof RECORDED[number]}-${typeof DATABASES[number]}`;

/** The answers of a database to queries. */
export interface Recording {
  readonly flavour: Flavour;
  readonly schema: string;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

/** The file of a recording. */
export function recordingFile(name: RecordedName): URL {
  return new URL(`./catalogs/${name}.json`, import.meta.url);
}

/** A recording. */
export async function recording(name: RecordedName): Promise<Recording> {
  return JSON.parse(await Deno.readTextFile(recordingFile(name)));
}

/** A query without what differs in white space only. */
export function queryKey(sql: string): string {
  return sql.replace(/\s+/g, " ").trim();
}

/** A session that answers as was recorded, and runs nothing. */
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
