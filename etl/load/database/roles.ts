// Roles are created if the user has the right to do so, and compared with the catalog.
import { DatabaseError } from "./connection/faults.ts";
import type { Answer, Database } from "./connection/session.ts";
import { type Flavour, literals, names, sql, textIn, textOf } from "./ddl/builder.ts";
import { DATABASE_TABLES, META_TABLE } from "./ddl/model.ts";
import { DestinationError } from "../../common/errors.ts";
import { unless } from "../../common/missing.ts";

const namesOf = (tables: typeof DATABASE_TABLES) => [...tables.map(({ name }) => name), META_TABLE];

export const ROLES = {
  debr_reader: namesOf(DATABASE_TABLES.filter(({ privacy }) => privacy !== "sensitive")),
  debr_sensitive_reader: namesOf(DATABASE_TABLES),
} as const;

export type RoleName = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly RoleName[];

/** In PostgreSQL the statement fails if the role exists. */
export function createRole(role: RoleName, flavour: Flavour): string {
  const once = flavour === "postgres" ? sql`` : sql`if not exists `;
  return textIn(flavour)`create role ${once}${sql.id(role)}`;
}

type Schema = Pick<Database, "flavour" | "schema">;

export function grantsTo(role: RoleName, { flavour, schema }: Schema): string[] {
  const [text, to] = [textIn(flavour), sql.id(role)];
  if (flavour !== "postgres") {
    return ROLES[role].map((table) => text`grant select on ${sql.id(schema, table)} to ${to}`);
  }
  return [
    text`grant usage on schema ${sql.id(schema)} to ${to}`,
    text`grant select on ${names(ROLES[role])} to ${to}`,
  ];
}

export function revokeFrom(
  role: RoleName,
  { table, privileges, database: { flavour, schema } }: {
    readonly table: string;
    readonly privileges: readonly string[];
    readonly database: Schema;
  },
): string {
  const [what, of] = [sql.raw(privileges.join(", ")), sql.id(schema, table)];
  return textIn(flavour)`revoke ${what} on ${of} from ${sql.id(role)}`;
}

/** Privileges by table; the empty name is the schema. */
export type Grants = ReadonlyMap<string, ReadonlySet<string>>;

const READABLE = ROLES.debr_sensitive_reader;
const [ROLE_LIST, TABLE_LIST] = [literals(ROLE_NAMES), literals(READABLE)];

const POSTGRES = sql`
select r.rolname as role, c.relname as "table", p.name as privilege
from pg_roles r
cross join pg_class c
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as p(name)
where r.rolname in (${ROLE_LIST}) and c.relname in (${TABLE_LIST})
  and c.relnamespace = current_schema()::regnamespace
  and has_table_privilege(r.oid, c.oid, p.name)
union all
select r.rolname, c.relname, 'select of some columns'
from pg_roles r cross join pg_class c
where r.rolname in (${ROLE_LIST}) and c.relname in (${TABLE_LIST})
  and c.relnamespace = current_schema()::regnamespace
  and has_any_column_privilege(r.oid, c.oid, 'select')
  and not has_table_privilege(r.oid, c.oid, 'select')
union all
select rolname, '', 'usage' from pg_roles
where rolname in (${ROLE_LIST}) and has_schema_privilege(oid, current_schema(), 'usage')
union all
select rolname, '', 'there' from pg_roles where rolname in (${ROLE_LIST})`;

/** Grantees here have quotes and a host; a grant on the database applies to every table. */
const MYSQL = sql`
select * from (
select grantee as \`role\`, table_name as \`table\`, lower(privilege_type) as \`privilege\`
from information_schema.table_privileges
where table_schema = database() and table_name in (${TABLE_LIST})
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
) as grants where replace(substring_index(\`role\`, '@', 1), '''', '') in (${ROLE_LIST})`;

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

/** Reads the privileges; returns `undefined` if the user cannot see them, as in MySQL. */
export async function readGrants(
  { flavour, ask }: Database,
): Promise<((role: RoleName) => Grants) | undefined> {
  const isRefused = (error: unknown) => error instanceof DatabaseError && error.about === "rights";
  const query = textOf(flavour === "postgres" ? POSTGRES : MYSQL, flavour);
  const rows = await unless(isRefused, ask(query));
  return rows && ((role) => grantsOf(rows, role));
}

export interface RoleRefused {
  readonly role: RoleName;
  readonly reason: string;
  /** Whether the role is known to lack grants: MySQL does not show roles to all users. */
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
    const statements = grantsTo(role, database);
    if (!grants?.get("")?.has("there")) statements.unshift(createRole(role, database.flavour));
    try {
      for (const statement of statements) await database.run(statement);
    } catch (error) {
      if (!(error instanceof DestinationError)) throw error;
      refused.push({ role, reason: error.message, known: grants !== undefined, statements });
    }
  }
  return refused;
}
