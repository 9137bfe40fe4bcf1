/**
 * Each role with each command that uses a database: an error shows the missing grant, and with the
 * printed grants the command succeeds.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ROOT } from "../layers.ts";
import {
  type Kind,
  KINDS,
  newDatabase,
  serverOf,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";
import { granted, newUser, type Person } from "./rights.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

// `drift --out` writes modules only below `data`.
const folder = await Deno.makeTempDir({ dir: `${ROOT}data`, prefix: "rights-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const SAMPLE = `${ROOT}data/sample`;
const SIX = ["countries", "timezones", "media", "users", "logins", "altids"];

const sixTables = (rights: string) => (user: string) =>
  SIX.map((table) => `grant ${rights} on ${table} to ${user}`);
const member = (role: string) => (user: string, kind: Kind) => [
  `grant ${role} to ${user}`,
  ...(kind === "mysql" ? [`set default role ${role} for ${user}`] : []),
];

/** The grants of each role. In a closed database, PostgreSQL's `public` role has no rights. */
const ROLES = {
  "new user": () => [],
  "new user of a closed database": () => [],
  "reader of six tables": sixTables("select"),
  "writer of six tables": sixTables("select, insert, update, delete"),
  debr_reader: member("debr_reader"),
  debr_sensitive_reader: member("debr_sensitive_reader"),
} as const;

/** The commands; a name with `, empty` needs an empty database. */
const COMMANDS: Readonly<Record<string, (url: string, person: Person) => readonly string[]>> = {
  load: (url) => ["load", "--data", SAMPLE, "--to", url],
  "load, empty": (url) => ["load", "--data", SAMPLE, "--to", url],
  "load --dry-run": (url) => ["load", "--data", SAMPLE, "--dry-run", "--to", url],
  drift: (url) => ["drift", "--to", url],
  "drift --out": (url, { kind }) => ["drift", "--to", url, "--out", `${folder}/${kind}`],
  "drift --update": (
    url,
    { user },
  ) => ["drift", "--to", url, "--update", "--out", `${folder}/${user}.of`],
  check: (url) => ["check", "--stage", "database", "--data", `${folder}/none`, "--to", url],
  backup: (url, { user }) => ["backup", "--database", url, "--to", `${folder}/${user}.backup`],
  "restore, empty": (
    url,
    { kind },
  ) => ["restore", "--database", url, "--from", `${folder}/${kind}.backup`],
  "restore --verify": (
    url,
    { kind },
  ) => ["restore", "--verify", "--database", url, "--from", `${folder}/${kind}.backup`],
};

/** The message of a refusal, and the grant that fixes it. */
type Grant = readonly [says: RegExp, statement: (person: Person) => string];

const onMysql = (rights: string) => ({ database, user }: Person) =>
  `grant ${rights} on \`${database.replace("_", "\\_")}\`.* to '${user}'@'%'`;
const NO_TABLE = /permission denied for table/;
const DENIED = /Access denied for user|SELECT command denied/;

const GRANTS: Readonly<Record<Kind, Readonly<Record<string, Grant>>>> = {
  postgres: {
    connect: [
      /permission denied for database/,
      ({ database, user }) => `grant connect on database "${database}" to "${user}"`,
    ],
    enter: [
      /permission denied for database/,
      ({ database, user }) =>
        `grant connect, create, temporary on database "${database}" to "${user}"`,
    ],
    use: [/there is no schema to use/, ({ user }) => `grant usage on schema "public" to "${user}"`],
    create: [
      /permission denied for schema public|there is no schema to use/,
      ({ user }) => `grant create, usage on schema "public" to "${user}"`,
    ],
    read: [NO_TABLE, ({ user }) => `grant select on all tables in schema "public" to "${user}"`],
    write: [
      NO_TABLE,
      ({ user }) =>
        `grant select, insert, update, delete on all tables in schema "public" to "${user}"`,
    ],
    dump: [
      /permission denied for (table|sequence)|there is no schema to use/,
      ({ user }) => `grant pg_read_all_data to "${user}"`,
    ],
    databases: [
      /permission denied to create database/,
      ({ user }) => `alter role "${user}" createdb`,
    ],
  },
  mysql: {
    read: [DENIED, onMysql("select")],
    all: [DENIED, onMysql("all")],
    dump: [DENIED, onMysql("select, lock tables, show view, trigger, event")],
    databases: [
      /to database 'debr_verify_/,
      ({ user }) => `grant all on \`debr\\_verify\\_%\`.* to '${user}'@'%'`,
    ],
  },
};

/** The grants that each command needs for each role, in order, on PostgreSQL and on MySQL. */
const MATRIX: Readonly<
  Record<keyof typeof ROLES, Readonly<Record<string, readonly [postgres: string, mysql?: string]>>>
> = {
  "new user": {
    load: ["read write", "all"],
    "load, empty": ["create", "all"],
    "load --dry-run": ["", ""],
    drift: ["read", "read"],
    "drift --out": ["", "read"],
    "drift --update": ["", "read"],
    check: ["read", "read"],
    backup: ["dump", "dump"],
    "restore, empty": ["create", "all"],
    "restore --verify": ["databases", "read databases"],
  },
  "new user of a closed database": {
    load: ["enter create read write"],
    "load, empty": ["enter create"],
    "load --dry-run": [""],
    drift: ["connect use read"],
    "drift --out": ["connect use"],
    "drift --update": ["connect use"],
    check: ["connect use read"],
    backup: ["connect dump"],
    "restore, empty": ["enter create"],
    "restore --verify": ["connect use databases"],
  },
  "reader of six tables": {
    load: ["read write", "read all"],
    "load --dry-run": ["", ""],
    drift: ["read", "read"],
    "drift --out": ["", "read"],
    "drift --update": ["", "read"],
    check: ["", ""],
    backup: ["dump", "dump"],
    "restore --verify": ["databases", "databases"],
  },
  "writer of six tables": {
    load: ["read", "read all"],
    "load --dry-run": ["", ""],
    drift: ["read", "read"],
    "drift --out": ["", "read"],
    "drift --update": ["", "read"],
    check: ["", ""],
    backup: ["dump", "dump"],
    "restore --verify": ["databases", "databases"],
  },
  debr_reader: {
    load: ["write", "read all"],
    "load --dry-run": ["", ""],
    drift: ["", "read"],
    "drift --out": ["", "read"],
    "drift --update": ["", "read"],
    check: ["read", "read"],
    backup: ["dump", "dump"],
    "restore --verify": ["databases", "databases"],
  },
  debr_sensitive_reader: {
    load: ["write", "all"],
    "load --dry-run": ["", ""],
    drift: ["", ""],
    "drift --out": ["", "read"],
    "drift --update": ["", "read"],
    check: ["", ""],
    backup: ["dump", "dump"],
    "restore --verify": ["databases", "databases"],
  },
};

const at = ({ urlFile }: Person) => `@${urlFile}`;

/** Makes a database with debr's tables, its backup, and its modules. */
async function loaded(kind: Kind): Promise<string> {
  const { name, url } = await newDatabase(kind);
  const admin = { kind, database: name, user: kind, urlFile: `${folder}/${name}` };
  await Deno.writeTextFile(admin.urlFile, url);
  for (const command of ["load", "backup"]) {
    await granted(admin, COMMANDS[command]!(at(admin), admin));
  }
  await granted(admin, [...COMMANDS["drift --out"]!(at(admin), admin), "--update"]);
  return name;
}

async function closeToPublic(database: string): Promise<void> {
  await using admin = await session(serverOf("postgres").url(database));
  await admin.run(`revoke all on database ${database} from public`);
  await admin.run("revoke all on schema public from public");
}

for (const kind of KINDS) {
  let shared: Promise<string> | undefined;
  for (const [role, commands] of Object.entries(MATRIX)) {
    const closed = role === "new user of a closed database";
    if (closed && kind === "mysql") continue;
    Deno.test(`${kind}: ${role} is shown the grants that each command needs`, async (t) => {
      const full = closed ? await loaded(kind) : await (shared ??= loaded(kind));
      if (closed) await closeToPublic(full);
      for (const [command, expected] of Object.entries(commands)) {
        await t.step(command, async () => {
          const empty = command.endsWith(", empty");
          const database = empty ? (await newDatabase(kind)).name : full;
          if (closed && empty) await closeToPublic(database);
          const grants = ROLES[role as keyof typeof ROLES];
          const person = await newUser({ kind, database, folder }, grants);
          const { refusals } = await granted(person, COMMANDS[command]!(at(person), person));
          const wanted = expected[kind === "postgres" ? 0 : 1]!.split(" ").filter((name) => name)
            .map((name) => GRANTS[kind][name]!);
          assertEquals(
            refusals.map(([, remedy]) => remedy),
            wanted.map(([, statement]) => statement(person)),
          );
          for (const [nth, [says]] of wanted.entries()) assertMatch(refusals[nth]![0], says);
        });
      }
    });
  }

  Deno.test(`${kind}: a grant for one database does not apply to another`, async () => {
    const { name } = await newDatabase(kind);
    const person = await newUser({ kind, database: name, folder });
    await granted(person, COMMANDS["load"]!(at(person), person));
    const other = name.replace("_", "x");
    await using admin = await session(serverOf(kind).url("people"));
    await admin.run(`create database ${other}`);
    const url = await Deno.readTextFile(person.urlFile);
    await Deno.writeTextFile(person.urlFile, url.replace(name, other));
    const elsewhere = { ...person, database: other };
    const { refusals } = await granted(elsewhere, COMMANDS["load"]!(at(person), person));
    assertEquals(refusals.length, 1);
  });

  Deno.test(`${kind}: a load does not ask again for roles that exist`, async () => {
    const { name, url } = await newDatabase(kind);
    const person = await newUser({ kind, database: name, folder });
    const load = COMMANDS["load"]!(at(person), person);
    const first = await granted(person, load);
    const statements = [...first.output.matchAll(/^((?:create role|grant) .*);$/gm)];
    if (kind === "mysql") assert(statements.length > 0, first.output);
    await using admin = await session(url);
    for (const [, statement = ""] of statements) await admin.run(statement);
    const { refusals, output } = await granted(person, load);
    assertEquals(refusals, []);
    if (kind === "postgres") assert(!output.includes("Roles"), output);
    else assertStringIncludes(output, "If they have no grants yet");
  });
}
