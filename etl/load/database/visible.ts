// Detects hidden tables: MySQL does not list tables on which a user has no rights.
import { sql, textOf } from "./ddl/builder.ts";
import { DatabaseError } from "./connection/faults.ts";
import type { Database } from "./connection/session.ts";

/** The name of no table. A user who may read it may read every table. */
const ANY_TABLE = "debr_any_table";

/** Throws a `DatabaseError` with the missing right if a table may be hidden. */
export async function requireVisible(
  { rows, flavour }: Database,
  tables: readonly string[] = [ANY_TABLE],
): Promise<void> {
  if (flavour === "postgres") return;
  for (const table of tables) {
    try {
      await rows(textOf(sql`select 1 from ${sql.id(table)} limit 0`, flavour));
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.about !== "missing") throw error;
    }
  }
}
