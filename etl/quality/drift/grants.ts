// Compares the roles' rights on the tables with the schema.
import {
  type Catalog,
  createRole,
  type Database,
  type Grants,
  grantsTo,
  readGrants,
  revokeFrom,
  ROLE_NAMES,
  type RoleName,
  ROLES,
} from "../../load/database/mod.ts";
import { type Difference, NOTHING } from "./difference.ts";

function compareRole(
  role: RoleName,
  { grants, tables: there, database }: {
    grants: Grants;
    tables: readonly string[];
    database: Database;
  },
): Difference[] {
  const { flavour } = database;
  const statements = grantsTo(role, database);
  if (!grants.get("")?.has("there")) {
    const sql = [createRole(role, flavour), ...statements];
    return [{ kind: "missing_role", place: role, expected: "a role", found: NOTHING, sql }];
  }
  const lacksSchema = flavour === "postgres" && !grants.get("")?.has("usage");
  const schema: Difference[] = !lacksSchema ? [] : [{
    kind: "missing_grant",
    place: role,
    expected: `usage on schema ${database.schema}`,
    found: NOTHING,
    sql: statements.slice(0, 1),
  }];
  const tables = there.flatMap((table): Difference[] => {
    const found = [...grants.get(table) ?? []];
    const may = ROLES[role].includes(table);
    const added = found.filter((privilege) => !(may && privilege === "select"));
    const place = `${role} on ${table}`;
    const expected = may ? "select" : NOTHING;
    const lost: Difference[] = !may || found.includes("select") ? [] : [{
      kind: "missing_grant",
      place,
      expected,
      found: found.join(", ") || NOTHING,
      sql: statements,
    }];
    if (added.length === 0) return lost;
    const privileges = added.map((privilege) => privilege.replace(/ of .*/, ""));
    return [...lost, {
      kind: "added_grant",
      place,
      expected,
      found: found.join(", "),
      sql: [revokeFrom(role, { table, privileges, database })],
    }];
  });
  return [...schema, ...tables];
}

/** Compares rights; returns `undefined` if this user may not read them. */
export async function compareGrants(
  database: Database,
  catalog: Catalog,
): Promise<Difference[] | undefined> {
  const grants = await readGrants(database);
  const tables = ROLES.debr_sensitive_reader.filter((name) => catalog.tables.has(name));
  return grants &&
    ROLE_NAMES.flatMap((role) => compareRole(role, { grants: grants(role), tables, database }));
}
