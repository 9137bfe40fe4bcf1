// Two roles: one may read the tables without sensitive columns, the other all tables.
import { type Flavour, names, sql, textOf } from "./builder.ts";
import { DATABASE_TABLES, META_TABLE } from "./model.ts";

const namesOf = (tables: typeof DATABASE_TABLES) => [...tables.map(({ name }) => name), META_TABLE];

/** The tables that each role may read. */
export const ROLES = {
  debr_reader: namesOf(DATABASE_TABLES.filter(({ privacy }) => privacy !== "sensitive")),
  debr_sensitive_reader: namesOf(DATABASE_TABLES),
} as const;

export type RoleName = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly RoleName[];

/** Makes the statement that creates a role. In PostgreSQL it fails if the role exists. */
export function createRole(role: RoleName, flavour: Flavour): string {
  const once = flavour === "postgres" ? sql`` : sql`if not exists `;
  return textOf(sql`create role ${once}${sql.id(role)}`, flavour);
}

export function grantsTo(
  role: RoleName,
  { flavour, schema }: { flavour: Flavour; schema: string },
): string[] {
  const tables = ROLES[role];
  if (flavour !== "postgres") {
    return tables.map((table) =>
      textOf(sql`grant select on ${sql.id(schema, table)} to ${sql.id(role)}`, flavour)
    );
  }
  return [
    textOf(sql`grant usage on schema ${sql.id(schema)} to ${sql.id(role)}`, flavour),
    textOf(sql`grant select on ${names(tables)} to ${sql.id(role)}`, flavour),
  ];
}

export function revokeFrom(
  role: RoleName,
  { table, privileges, database: { flavour, schema } }: {
    readonly table: string;
    readonly privileges: readonly string[];
    readonly database: { readonly flavour: Flavour; readonly schema: string };
  },
): string {
  const of = sql.id(schema, table);
  return textOf(
    sql`revoke ${sql.raw(privileges.join(", "))} on ${of} from ${sql.id(role)}`,
    flavour,
  );
}
