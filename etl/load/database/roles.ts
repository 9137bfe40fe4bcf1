// Creates the roles that may read the tables, if the user has the right to do so.
import { type Grants, readGrants } from "./catalog/grants.ts";
import { createRole, grantsTo, ROLE_NAMES, type RoleName, ROLES } from "./ddl/roles.ts";
import { DestinationError } from "../../common/errors.ts";
import type { Database } from "./connection/session.ts";

export interface RoleRefused {
  readonly role: RoleName;
  readonly reason: string;
  /** Whether the role surely lacks grants: MySQL does not show roles to all users. */
  readonly known: boolean;
  /** Statements for a user with the necessary rights. */
  readonly statements: readonly string[];
}

function isComplete(role: RoleName, grants: Grants, { flavour }: Database): boolean {
  const ofSchema = flavour === "postgres" ? ["there", "usage"] : ["there"];
  return ofSchema.every((one) => grants.get("")?.has(one)) &&
    ROLES[role].every((table) => grants.get(table)?.has("select"));
}

/** Creates the roles and returns those that failed. The tables must exist. */
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
