// Reads a database in one snapshot, so that even custom SQL cannot write.
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

/** Begins a read-only transaction that survives a failed statement. */
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
