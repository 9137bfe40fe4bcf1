/**
 * Makes the roles that may read the tables, where the user of the connection may.
 *
 * @module
 */
import { sql, textOf } from "./ddl/builder.ts";
import { createRole, grantsTo, ROLE_NAMES, type RoleName } from "./ddl/roles.ts";
import { DestinationError } from "../../common/errors.ts";
import type { Database } from "./connection/session.ts";

/** A role that could not be made. */
export interface RoleRefused {
  readonly role: RoleName;
  /** Why not. */
  readonly reason: string;
  /** What somebody who may should run. */
  readonly statements: readonly string[];
}

async function isThere({ flavour, rows }: Database, role: RoleName): Promise<boolean> {
  if (flavour !== "postgres") return false;
  const query = textOf(sql`select 1 from pg_roles where rolname = ${sql.lit(role)}`, flavour);
  return (await rows(query)).length > 0;
}

/** Makes roles and lets them read; gives those that it was not let make. The tables are there. */
export async function makeRoles(database: Database): Promise<RoleRefused[]> {
  const refused: RoleRefused[] = [];
  for (const role of ROLE_NAMES) {
    const grants = grantsTo(role, database);
    const statements = await isThere(database, role)
      ? grants
      : [createRole(role, database.flavour), ...grants];
    try {
      for (const statement of statements) await database.run(statement);
    } catch (error) {
      if (!(error instanceof DestinationError)) throw error;
      refused.push({ role, reason: error.message, statements });
    }
  }
  return refused;
}
