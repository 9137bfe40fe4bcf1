import {
  type Catalog,
  createRole,
  type Database,
  type Grants,
  grantsTo,
  HISTORY,
  META_TABLE,
  readCatalog,
  readGrants,
  readVersion,
  requireVisible,
  revokeFrom,
  ROLE_NAMES,
  type RoleName,
  ROLES,
} from "../../load/database/mod.ts";
import { compareCatalog, missingTables } from "./compare.ts";
import { differ, type Difference } from "./difference.ts";

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Sentences about what could not be compared. */
  readonly notes: readonly string[];
}

async function compareVersion(database: Database): Promise<Difference[]> {
  const expected = `version ${HISTORY.version}`;
  const stored = await readVersion(database);
  if (stored === undefined) {
    const next = "Load into a database of its own, or restore the table from a backup";
    return [differ("missing_table", META_TABLE, { expected, next })];
  }
  const version = stored ?? 0;
  if (version === HISTORY.version) return [];
  const next = version > HISTORY.version ? "Update debr" : { code: "schema_behind" } as const;
  return [differ("version", META_TABLE, { expected, found: `version ${version}`, next })];
}

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
    return [differ("missing_role", role, { expected: "a role", sql })];
  }
  const lacksSchema = flavour === "postgres" && !grants.get("")?.has("usage");
  const schema = () =>
    differ("missing_grant", role, {
      expected: `usage on schema ${database.schema}`,
      sql: statements.slice(0, 1),
    });
  const tables = there.flatMap((table): Difference[] => {
    const granted = [...grants.get(table) ?? []];
    const may = ROLES[role].includes(table);
    const added = granted.filter((privilege) => !(may && privilege === "select"));
    const privileges = added.map((privilege) => privilege.replace(/ of .*/, ""));
    const place = `${role} on ${table}`;
    const texts = {
      ...(may && { expected: "select" }),
      ...(granted.length > 0 && { found: granted.join(", ") }),
    };
    const grant = () => differ("missing_grant", place, { ...texts, sql: statements });
    const sql = () => [revokeFrom(role, { table, privileges, database })];
    const revoke = () => differ("added_grant", place, { ...texts, sql: sql() });
    return [
      ...(may && !granted.includes("select") ? [grant()] : []),
      ...(added.length > 0 ? [revoke()] : []),
    ];
  });
  return [...(lacksSchema ? [schema()] : []), ...tables];
}

/** Compares the rights of the roles; returns `undefined` if this user may not read them. */
async function compareGrants(database: Database, catalog: Catalog) {
  const grants = await readGrants(database);
  const tables = ROLES.debr_sensitive_reader.filter((name) => catalog.tables.has(name));
  return grants &&
    ROLE_NAMES.flatMap((role) => compareRole(role, { grants: grants(role), tables, database }));
}

/** Compares a database with the schema. Throws a `DestinationError` if reading fails. */
export async function compareDatabase(database: Database): Promise<Comparison> {
  const catalog = await readCatalog(database);
  await requireVisible(database, missingTables(catalog));
  const grants = await compareGrants(database, catalog);
  const version = await compareVersion(database);
  return {
    differences: [...compareCatalog(catalog), ...version, ...grants ?? []],
    notes: [
      ...(grants === undefined
        ? ["What each role may read was not compared: this user may not read mysql.user"]
        : []),
      ...catalog.hides.map((what) =>
        `No ${what} was compared: the database does not show all to this user`
      ),
    ],
  };
}
