import { assertEquals } from "@std/assert";
import { ROLE_NAMES, ROLES } from "../../../etl/load/database/mod.ts";
import { makeRoles } from "../../../etl/load/database/roles.ts";
import { fakeDatabase } from "./fake.ts";

const GRANTS = /pg_roles|mysql\.user/;

/** The complete grants of the roles. */
const COMPLETE = ROLE_NAMES.flatMap((role) => [
  [role, "", "there"],
  [role, "", "usage"],
  ...ROLES[role].map((table) => [role, table, "select"]),
]);

for (const flavour of ["postgres", "mysql"] as const) {
  Deno.test(`${flavour}: complete roles are not changed`, async () => {
    const database = fakeDatabase(flavour, [[GRANTS, COMPLETE]]);
    assertEquals(await makeRoles(database), []);
    assertEquals(database.statements.length, 1);
  });

  Deno.test(`${flavour}: missing roles are created, and incomplete roles are completed`, async () => {
    const database = fakeDatabase(flavour, [[GRANTS, COMPLETE.slice(1, -1)]]);
    assertEquals(await makeRoles(database), []);
    const made = database.statements.filter((sql) => sql.startsWith("create role"));
    assertEquals(made.map((sql) => /debr_\w+/.exec(sql)?.[0]), ["debr_reader"]);
    assertEquals(database.statements.at(-1)?.includes("debr_sensitive_reader"), true);
  });

  Deno.test(`${flavour}: refused statements are returned for an administrator`, async () => {
    const hidden = flavour === "mysql";
    const database = fakeDatabase(flavour, [
      [GRANTS, hidden ? "ER_TABLEACCESS_DENIED_ERROR" : []],
      [/^create role/, "42501"],
    ]);
    const refused = await makeRoles(database);
    assertEquals(refused.map(({ role, known }) => [role, known]), [
      ["debr_reader", !hidden],
      ["debr_sensitive_reader", !hidden],
    ]);
    for (const { statements } of refused) {
      assertEquals(/^create role/.test(statements[0] ?? ""), true);
      assertEquals(statements.some((sql) => sql.includes("debr_meta")), true);
    }
  });
}
