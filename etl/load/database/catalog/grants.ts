// Reads the privileges of the roles from the catalog of a database.
import type { Answer, Database } from "../connection/session.ts";
import { DatabaseError } from "../connection/faults.ts";
import { sql, textOf } from "../ddl/builder.ts";
import { ROLE_NAMES, type RoleName, ROLES } from "../ddl/roles.ts";

const READABLE = ROLES.debr_sensitive_reader;

/** Privileges by table; the empty name is the schema. */
export type Grants = ReadonlyMap<string, ReadonlySet<string>>;

const list = (values: readonly string[]) => sql.join(values.map((value) => sql.lit(value)));

const POSTGRES = sql`
select r.rolname as role, c.relname as "table", p.name as privilege
from pg_roles r
cross join pg_class c
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as p(name)
where r.rolname in (${list(ROLE_NAMES)}) and c.relname in (${list(READABLE)})
  and c.relnamespace = current_schema()::regnamespace
  and has_table_privilege(r.oid, c.oid, p.name)
union all
select r.rolname, c.relname, 'select of some columns'
from pg_roles r cross join pg_class c
where r.rolname in (${list(ROLE_NAMES)}) and c.relname in (${list(READABLE)})
  and c.relnamespace = current_schema()::regnamespace
  and has_any_column_privilege(r.oid, c.oid, 'select')
  and not has_table_privilege(r.oid, c.oid, 'select')
union all
select rolname, '', 'usage' from pg_roles
where rolname in (${list(ROLE_NAMES)}) and has_schema_privilege(oid, current_schema(), 'usage')
union all
select rolname, '', 'there' from pg_roles where rolname in (${list(ROLE_NAMES)})`;

/** Grantees here have quotes and a host; a grant on the database applies to every table. */
const MYSQL = sql`
select * from (
select grantee as \`role\`, table_name as \`table\`, lower(privilege_type) as \`privilege\`
from information_schema.table_privileges
where table_schema = database() and table_name in (${list(READABLE)})
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
select concat(quote(user), '@'), '', 'there' from mysql.user
) as grants where replace(substring_index(\`role\`, '@', 1), '''', '') in (${list(ROLE_NAMES)})`;

function roleOf(row: Answer): string {
  return /^'?(.*?)'?(?:@.*)?$/s.exec(row["role"] ?? "")?.[1] ?? "";
}

function grantsOf(rows: readonly Answer[], role: RoleName): Grants {
  const grants = new Map<string, Set<string>>();
  for (const row of rows.filter((row) => roleOf(row) === role)) {
    for (const table of row["table"] === null ? READABLE : [row["table"] ?? ""]) {
      grants.set(table, (grants.get(table) ?? new Set()).add(row["privilege"] ?? ""));
    }
  }
  return grants;
}

/** Returns `undefined` if the user cannot see privileges, as in MySQL. */
export async function readGrants(
  { flavour, ask }: Database,
): Promise<((role: RoleName) => Grants) | undefined> {
  let rows: Answer[];
  try {
    rows = await ask(textOf(flavour === "postgres" ? POSTGRES : MYSQL, flavour));
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.about !== "rights") throw error;
    return undefined;
  }
  return (role) => grantsOf(rows, role);
}
