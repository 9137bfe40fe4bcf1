/**
 * Who lacks rights is told the statement that gives them: an administrator runs it as printed, until
 * the command ends well.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ROOT } from "../layers.ts";
import {
  type Kind,
  KINDS,
  newDatabase,
  runDebr,
  serverOf,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

const SAMPLE = ["--data", `${ROOT}data/sample`];
const REMEDY = /^Let it, as an administrator: (.*)$/m;
const SIX = ["countries", "timezones", "media", "users", "logins", "altids"];
const places = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(places, { recursive: true }));

/** What a user has, which command runs, and what the first refusal says. */
interface Case {
  readonly command: string;
  readonly args: readonly string[];
  /** Whether the tables were loaded by somebody else. */
  readonly loaded: boolean;
  readonly has?: (user: string, kind: Kind) => readonly string[];
  /** What the refusals say in turn; nothing where the command is let do it. */
  readonly says: Readonly<Record<Kind, readonly RegExp[]>>;
}

const sixTables = (rights: string) => (user: string) =>
  SIX.map((table) => `grant ${rights} on ${table} to ${user}`);
const member = (role: string) => (user: string, kind: Kind) => [
  `grant ${role} to ${user}`,
  ...(kind === "mysql" ? [`set default role ${role} for ${user}`] : []),
];
const DENIED = { table: /permission denied for table/, command: /command denied to user/ };

const CASES: Readonly<Record<string, Case>> = {
  "load makes its tables": {
    command: "load",
    args: SAMPLE,
    loaded: false,
    says: { postgres: [/permission denied for schema public/], mysql: [/Access denied for user/] },
  },
  "load without debr_meta": {
    command: "load",
    args: SAMPLE,
    loaded: true,
    has: sixTables("select, insert, update, delete"),
    says: {
      postgres: [/permission denied for table debr_meta/],
      mysql: [DENIED.command, /Access denied for user/],
    },
  },
  "drift without debr_meta": {
    command: "drift",
    args: [],
    loaded: true,
    has: sixTables("select"),
    says: { postgres: [/permission denied for table debr_meta/], mysql: [DENIED.command] },
  },
  "drift as the sensitive reader": {
    command: "drift",
    args: [],
    loaded: true,
    has: member("debr_sensitive_reader"),
    says: { postgres: [], mysql: [] },
  },
  "check without any right": {
    command: "check",
    args: ["--stage", "database", "--data", `${places}/none`],
    loaded: true,
    says: { postgres: [DENIED.table], mysql: [/Access denied for user/] },
  },
  "check as the reader of half of it": {
    command: "check",
    args: ["--stage", "database", "--data", `${places}/none`],
    loaded: true,
    has: member("debr_sensitive_reader"),
    says: { postgres: [], mysql: [] },
  },
};

async function newUser(kind: Kind, name: string) {
  const user = `r_${name}`;
  await using admin = await session(serverOf(kind).url(name));
  await admin.run(
    kind === "postgres"
      ? `create role ${user} login password 'weak'`
      : `create user ${user}@'%' identified by 'weak'`,
  );
  return { user, url: serverOf(kind).url(name, user, "weak") };
}

/** Runs a command and the statements it asks for; gives the refusals, and what it said at last. */
async function cured(kind: Kind, { name, command, args, url }: {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly url: string;
}) {
  const refusals: string[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const said = await runDebr(command, { url, args });
    if (said.status === 0) return { refusals, said };
    assert(said.status === 7, `${said.status} ${said.err}${said.out}`);
    const [, statement] = REMEDY.exec(said.err) ?? [];
    assert(statement !== undefined, said.err);
    refusals.push(said.err);
    await using admin = await session(serverOf(kind).url(name));
    await admin.run(statement);
  }
  throw new Error(`Not cured: ${refusals.join("\n")}`);
}

for (const kind of KINDS) {
  for (const [title, { command, args, loaded, has, says }] of Object.entries(CASES)) {
    Deno.test(`${kind}: ${title}`, async () => {
      const { name, url } = await newDatabase(kind);
      if (loaded) assertEquals((await runDebr("load", { url, args: SAMPLE })).status, 0);
      const theirs = await newUser(kind, name);
      {
        await using admin = await session(url);
        for (const statement of has?.(theirs.user, kind) ?? []) await admin.run(statement);
      }
      const { refusals } = await cured(kind, { name, command, args, url: theirs.url });
      assertEquals(refusals.length, says[kind].length, refusals.join("\n"));
      for (const [at, pattern] of says[kind].entries()) assertMatch(refusals[at]!, pattern);
    });
  }

  Deno.test(`${kind}: a backup is made and verified with the rights that are asked for, and no others`, async () => {
    const { name, url } = await newDatabase(kind);
    assertEquals((await runDebr("load", { url, args: SAMPLE })).status, 0);
    const { url: theirs } = await newUser(kind, name);
    const to = `${places}/${kind}`;
    const backup = await cured(kind, {
      name,
      command: "backup",
      args: ["--database", "env", "--to", to],
      url: theirs,
    });
    assert(backup.refusals.length > 0);
    const verify = await cured(kind, {
      name,
      command: "restore",
      args: ["--verify", "--database", "env", "--from", to],
      url: theirs,
    });
    assert(verify.refusals.length > 0);
    assertStringIncludes(verify.said.err, "Verified");
  });

  Deno.test(`${kind}: a grant for one database opens no other`, async () => {
    const { name } = await newDatabase(kind);
    const { user, url } = await newUser(kind, name);
    await cured(kind, { name, command: "load", args: SAMPLE, url });
    const other = name.replace("_", "x");
    await using admin = await session(serverOf(kind).url("people"));
    await admin.run(`create database ${other}`);
    const theirs = serverOf(kind).url(other, user, "weak");
    const { status } = await runDebr("load", { url: theirs, args: SAMPLE });
    assertEquals(status, 7);
  });

  Deno.test(`${kind}: roles that were made are not asked for again`, async () => {
    const { name, url } = await newDatabase(kind);
    const { url: theirs } = await newUser(kind, name);
    const first = await cured(kind, { name, command: "load", args: SAMPLE, url: theirs });
    const statements = [...first.said.err.matchAll(/^((?:create role|grant) .*);$/gm)];
    if (kind === "mysql") assert(statements.length > 0, first.said.err);
    await using admin = await session(url);
    for (const [, statement = ""] of statements) await admin.run(statement);
    const again = await runDebr("load", { url: theirs, args: SAMPLE });
    assertEquals(again.status, 0);
    if (kind === "postgres") assert(!again.err.includes("Roles"), again.err);
    else assertStringIncludes(again.err, "Unless it was done");
  });
}
