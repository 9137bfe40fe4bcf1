// Makes the roles that may read the tables, where the user of the connection may.
import { type Grants, readGrants } from "./catalog/grants.ts";
import { createRole, grantsTo, ROLE_NAMES, type RoleName, ROLES } from "./ddl/roles.ts";
import { DestinationError } from "../../common/errors.ts";
import type { Database } from "./connection/session.ts";

/** A role that could not be made, or not let read. */
export interface RoleRefused {
  readonly role: RoleName;
  /** Why not. */
  readonly reason: string;
  /** Whether it is known that the role lacks something: MySQL does not show roles to everybody. */
  readonly known: boolean;
  /** What somebody who may should run. */
  readonly statements: readonly string[];
}

function isComplete(role: RoleName, grants: Grants, { flavour }: Database): boolean {
  const ofSchema = flavour === "postgres" ? ["there", "usage"] : ["there"];
  return ofSchema.every((one) => grants.get("")?.has(one)) &&
    ROLES[role].every((table) => grants.get(table)?.has("select"));
}

/** Makes roles and lets them read; gives those that it was not let make. The tables are there. */
export async function makeRoles(database: Database): Promise<RoleRefused[]> {
  const grantsOf = await readGrants(database);
  const refused: RoleRefused[] = [];
  for (const role of ROLE_NAMES) {
    const grants = grantsOf?.(role);
    if (grants && isComplete(role, grants, database)) continue;
    const isThere = grants?.get("")?.has("there") ?? false;
    const statements = [
      ...(isThere ? [] : [createRole(role, database.flavour)]),
      ...grantsTo(role, database),
    ];
    try {
      for (const statement of statements) await database.run(statement);
    } catch (error) {
      if (!(error instanceof DestinationError)) throw error;
      refused.push({ role, reason: error.message, known: grants !== undefined, statements });
    }
  }
  return refused;
}
