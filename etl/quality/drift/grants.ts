/**
 * Compares what the roles may do with the tables.
 *
 * @module
 */
import { sql, textOf } from "../../load/database/ddl/builder.ts";
import {
  createRole,
  grantsTo,
  ROLE_NAMES,
  type RoleName,
  ROLES,
} from "../../load/database/ddl/roles.ts";
import { DestinationError } from "../../common/errors.ts";
import type { Answer, Database } from "../../load/database/connection/session.ts";
import { TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import type { Catalog } from "../../load/database/catalog/catalog.ts";
import { type Difference, NOTHING } from "./difference.ts";

/** What a role may do, by table; an empty name stands for the schema. */
type Grants = ReadonlyMap<string, ReadonlySet<string>>;

const list = (values: readonly string[]) => sql.join(values.map((value) => sql.lit(value)));

const POSTGRES = sql`
select r.rolname as role, c.relname as "table", p.name as privilege
from pg_roles r
cross join pg_class c
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as p(name)
where r.rolname in (${list(ROLE_NAMES)}) and c.relname in (${list(TABLE_NAMES)})
  and c.relnamespace = current_schema()::regnamespace
  and has_table_privilege(r.oid, c.oid, p.name)
union all
select r.rolname, c.relname, 'select of some columns'
from pg_roles r cross join pg_class c
where r.rolname in (${list(ROLE_NAMES)}) and c.relname in (${list(TABLE_NAMES)})
  and c.relnamespace = current_schema()::regnamespace
  and has_any_column_privilege(r.oid, c.oid, 'select')
  and not has_table_privilege(r.oid, c.oid, 'select')
union all
select rolname, '', 'usage' from pg_roles
where rolname in (${list(ROLE_NAMES)}) and has_schema_privilege(oid, current_schema(), 'usage')
union all
select rolname, '', 'there' from pg_roles where rolname in (${list(ROLE_NAMES)})`;

/** Grantees are written with quotes and a host; a grant for a whole database is one for each table. */
const MYSQL = sql`
select grantee as \`role\`, table_name as \`table\`, lower(privilege_type) as \`privilege\`
from information_schema.table_privileges
where table_schema = database() and table_name in (${list(TABLE_NAMES)})
union all
select grantee, table_name, concat(lower(privilege_type), ' of some columns')
from information_schema.column_privileges where table_schema = database()
union all
select grantee, null, lower(privilege_type) from information_schema.schema_privileges
where database() like table_schema
union all
select grantee, null, lower(privilege_type) from information_schema.user_privileges
where privilege_type <> 'USAGE'
union all
select concat(quote(user), '@'), '', 'there' from mysql.user`;

function roleOf(row: Answer): string {
  return /^'?(.*?)'?(?:@.*)?$/s.exec(row["role"] ?? "")?.[1] ?? "";
}

function grantsOf(rows: readonly Answer[], role: RoleName): Grants {
  const grants = new Map<string, Set<string>>();
  for (const row of rows.filter((row) => roleOf(row) === role)) {
    for (const table of row["table"] === null ? TABLE_NAMES : [row["table"] ?? ""]) {
      grants.set(table, (grants.get(table) ?? new Set()).add(row["privilege"] ?? ""));
    }
  }
  return grants;
}

function revoke(
  role: RoleName,
  { table, privileges, database: { flavour, schema } }: {
    readonly table: string;
    readonly privileges: readonly string[];
    readonly database: Database;
  },
): string {
  const of = sql.id(schema, table);
  const statement = sql`revoke ${sql.raw(privileges.join(", "))} on ${of} from ${sql.id(role)}`;
  return textOf(statement, flavour);
}

function compareRole(
  role: RoleName,
  { grants, tables: there, database }: {
    readonly grants: Grants;
    readonly tables: readonly TableName[];
    readonly database: Database;
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
    const may = ROLES[role].some(({ name }) => name === table);
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
      sql: [revoke(role, { table, privileges, database })],
    }];
  });
  return [...schema, ...tables];
}

/** What differs in the rights of the roles; `undefined` where this user may not know them. */
export async function compareGrants(
  database: Database,
  catalog: Catalog,
): Promise<Difference[] | undefined> {
  const { flavour, ask } = database;
  let rows: Answer[];
  try {
    rows = await ask(textOf(flavour === "postgres" ? POSTGRES : MYSQL, flavour));
  } catch (error) {
    if (!(error instanceof DestinationError) || flavour === "postgres") throw error;
    return undefined;
  }
  const tables = TABLE_NAMES.filter((name) => catalog.tables.has(name));
  return ROLE_NAMES.flatMap((role) =>
    compareRole(role, { grants: grantsOf(rows, role), tables, database })
  );
}
