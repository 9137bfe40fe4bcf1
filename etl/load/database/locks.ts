// Locks that allow only one load at a time and no other writers, with their timeouts.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { type Flavour, names, sql, textOf } from "./ddl/builder.ts";
import { DestinationError } from "../../common/errors.ts";
import { type Database, numberOf } from "./connection/session.ts";
import type { State } from "./state.ts";

/** The advisory lock of loads in PostgreSQL. */
const ADVISORY = 0x64656272;

export function lockSettings(flavour: Flavour, seconds: number): string[] {
  return flavour === "postgres" ? [`set lock_timeout = '${seconds}s'`] : [
    `set session innodb_lock_wait_timeout = ${seconds}`,
    `set session lock_wait_timeout = ${seconds}`,
  ];
}

/** Locks the tables against writers, in PostgreSQL until the transaction ends. */
export async function lockTables(
  database: Database,
  { state, seconds }: { state: () => Promise<State>; seconds: number },
): Promise<void> {
  const { flavour, schema } = database;
  if (flavour === "postgres") {
    await database.rows(`select pg_advisory_xact_lock(${ADVISORY})`);
    if ((await state()).version === undefined) return;
    const lock = sql`lock table ${names(TABLE_NAMES)} in share row exclusive mode`;
    await database.run(textOf(lock, flavour));
    return;
  }
  const name = sql.lit(`debr.${schema}`.slice(0, 64));
  const got = await numberOf(
    database,
    textOf(sql`select get_lock(${name}, ${sql.lit(seconds)})`, flavour),
  );
  if (got === 1) return;
  throw new DestinationError(`Cannot load into ${schema}: another load is under way`, {
    step: "load",
    next: { code: "database_locked" },
    transient: true,
  });
}
