// Reads a database as of one moment: nothing is written, whatever somebody's own SQL asks for.
import type { Answer, Database } from "../connection/session.ts";

const BEGIN = {
  postgres: [
    "set time zone 'UTC'",
    "begin transaction isolation level repeatable read, read only",
  ],
  mysql: [
    "set session time_zone = '+00:00'",
    "set session transaction isolation level repeatable read",
    "start transaction with consistent snapshot, read only",
  ],
} as const;

/** Begins a transaction that only reads; a statement that fails in it does not end it. */
export async function beginReading(
  { flavour, ask, run }: Database,
): Promise<(sql: string) => Promise<Answer[]>> {
  for (const statement of BEGIN[flavour === "postgres" ? "postgres" : "mysql"]) {
    await run(statement);
  }
  if (flavour !== "postgres") return ask;
  return async (sql) => {
    await run("savepoint asked");
    try {
      return await ask(sql);
    } catch (error) {
      await run("rollback to savepoint asked");
      throw error;
    }
  };
}
