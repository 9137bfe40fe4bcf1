import { assertEquals } from "@std/assert";
import { faultOf } from "../../../../etl/load/database/connection/faults.ts";
import { remedy, type Session } from "../../../../etl/load/database/connection/rights.ts";
import { parseTarget } from "../../../../etl/load/database/connection/url.ts";

const PG = await parseTarget("postgres://ada@h/my_db");
const MY = await parseTarget("mysql://ada@h/my_db");

/** The message of a database, and the statement that grants the missing right. */
const REMEDIES: readonly (readonly [Partial<Session>, message: string, statement: string])[] = [
  [{}, "permission denied for schema shop", `grant create, usage on schema "shop" to "ada"`],
  [
    { purpose: "read" },
    "permission denied for schema shop",
    `grant usage on schema "shop" to "ada"`,
  ],
  [
    { purpose: "read", schema: "shop" },
    "permission denied for table users",
    `grant select on all tables in schema "shop" to "ada"`,
  ],
  [
    {},
    "permission denied for table users",
    `grant select, insert, update, delete on all tables in schema "public" to "ada"`,
  ],
  [{}, "must be owner of table users", `alter table "users" owner to "ada"`],
  [{}, "permission denied to create database", `alter role "ada" createdb`],
  [
    {},
    `permission denied for database "my_db"`,
    `grant connect, create, temporary on database "my_db" to "ada"`,
  ],
  [{ purpose: "dump" }, "permission denied for sequence x", `grant pg_read_all_data to "ada"`],
];

const MYSQL: typeof REMEDIES = [
  [
    {},
    "Access denied for user 'ada'@'%' to database 'my_db'",
    "grant all on `my\\_db`.* to 'ada'@'%'",
  ],
  [
    { account: "ada@localhost", purpose: "read" },
    "SELECT command denied to user 'ada'@'10.0.0.1' for table `my_db`.`users`",
    "grant select on `my\\_db`.* to 'ada'@'localhost'",
  ],
  [
    { account: "ada@%" },
    "Access denied for user 'ada'@'%' to database 'debr_verify_0123456789ab'",
    "grant all on `debr\\_verify\\_%`.* to 'ada'@'%'",
  ],
  [
    { account: "ada@%", purpose: "dump" },
    "mysqldump: Access denied",
    "grant select, lock tables, show view, trigger, event on `my\\_db`.* to 'ada'@'%'",
  ],
];

Deno.test("the suggested statement grants the refused right", () => {
  for (const [target, table] of [[PG, REMEDIES], [MY, MYSQL]] as const) {
    for (const [session, message, statement] of table) {
      assertEquals(remedy({ ...target, ...session }, message), statement);
    }
  }
});

/** Error codes of drivers, debr's message and the start of its advice. */
const FAULTS:
  readonly (readonly [code: string, says: RegExp, next: RegExp, transient?: boolean])[] = [
    ["28P01", /refused user ada with this password/, /^Check user and password/],
    ["3D000", /no database my_db/, /^Create it: createdb my_db/],
    ["42501", /planted/, /^As an administrator, run: grant /],
    ["55P03", /held a lock for too long/, /database_locked/, true],
    ["42P01", /planted/, /tables_changed/],
    ["42703", /planted/, /tables_changed/],
    ["23505", /planted/, /key_twice/],
    ["53100", /planted/, /^Free space/],
    ["53300", /planted/, /busy or starting/, true],
    ["ECONNREFUSED", /planted/, /^Check that a server answers at h, port 5432/, true],
    ["ENOTFOUND", /planted/, /^Check that a server answers/, true],
    ["SELF_SIGNED_CERT_IN_CHAIN", /planted/, /sslrootcert/],
    ["XX000", /planted/, /log may say more/],
  ];

for (const [code, says, next, transient = false] of FAULTS) {
  Deno.test(`the error for driver code ${code} says what to do`, () => {
    const fault = faultOf(Object.assign(new Error("planted"), { code }), PG);
    const text = typeof fault.next === "string" ? fault.next : fault.next?.code ?? "";
    assertEquals(
      [says.test(fault.message), next.test(text)],
      [true, true],
      `${fault.message} ${text}`,
    );
    assertEquals([fault.status, fault.transient], [7, transient]);
  });
}
