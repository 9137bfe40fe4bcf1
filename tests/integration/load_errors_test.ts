import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { writeForgotten } from "../../etl/load/dataset/forgotten.ts";
import { numberOf } from "../../etl/load/database/connection/session.ts";
import { DestinationError } from "../../etl/common/errors.ts";
import { hardPeople, writeDataset } from "../load/database/datasets.ts";
import { fingerprint } from "./compare.ts";
import {
  type Kind,
  KINDS,
  newDatabase,
  runLoad,
  serverOf,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";
import { type Server, startMariadb, startPostgres } from "./servers.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

const SAMPLE = ["--data", "data/sample"];

/** Loads the sample and asserts exit code 7, a message and a next step. */
async function refused(
  url: string,
  { says, next, args = [] }: { says: string; next: string; args?: readonly string[] },
): Promise<void> {
  const { status, err } = await runLoad(url, [...SAMPLE, ...args]);
  assertStringIncludes(err, says);
  assertStringIncludes(err, next);
  assertEquals(status, 7);
}

/** Makes a user without rights and returns a database URL for this user. */
async function newUser(kind: Kind, name: string): Promise<{ user: string; url: string }> {
  const server = serverOf(kind);
  const user = `u_${name}`;
  await using admin = await session(server.url("people"));
  await admin.run(
    kind === "postgres"
      ? `create role ${user} login password 'weak'`
      : `create user ${user}@'%' identified by 'weak'`,
  );
  return { user, url: server.url(name, user, "weak") };
}

for (const kind of KINDS) {
  const postgres = kind === "postgres";

  Deno.test(`${kind}: a failed connection is reported with the reason and the next step`, async () => {
    const server = serverOf(kind);
    await refused(server.url("people", "admin", "pl4nted-wrong"), {
      says: "the server refused user admin",
      next: "Check user and password",
    });
    await refused(server.url("nowhere"), {
      says: "no database nowhere",
      next: "Create it: create",
    });
    const silent = server.url("people").replace(String(server.port), "1");
    await refused(silent, { says: "ECONNREFUSED", next: "Check that a server answers at" });
    const lost = server.url("people").replace("localhost", "no-such-host.invalid");
    await refused(lost, { says: "no-such-host.invalid", next: "Check that a server answers at" });
  });

  Deno.test(`${kind}: a missing right to create tables is reported with the grant`, async () => {
    const { name } = await newDatabase(kind);
    const { url } = await newUser(kind, name);
    await refused(url, { says: "denied", next: "As an administrator, run: grant" });
  });

  Deno.test(`${kind}: an unknown table is not changed`, async () => {
    const { url } = await newDatabase(kind);
    await using database = await session(url);
    await database.run("create table users (name varchar(20))");
    await database.run("insert into users values ('theirs')");
    await refused(url, { says: "table users of", next: "Load into another database" });
    assertEquals(await database.rows("select * from users"), [["theirs"]]);
    const tables = "select count(*) from information_schema.tables where table_schema = " +
      `'${database.schema}'`;
    assertEquals(await numberOf(database, tables), 1);
  });

  Deno.test(`${kind}: changed and dropped tables are reported`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, SAMPLE)).status, 0);
    await using database = await session(url);
    await database.run("alter table logins rename column sha256 to hash");
    await refused(url, { says: "sha256", next: "deno task drift" });
    await database.run("drop table altids");
    await refused(url, { says: "table altids of", next: "Restore it" });
  });

  Deno.test(`${kind}: a lock that is held too long ends the load without changes`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, SAMPLE)).status, 0);
    await using database = await session(url);
    await database.run("update users set city = 'x' where user_key = 1");
    const before = await fingerprint(database);
    await using other = await session(url);
    await other.run(postgres ? "begin" : "start transaction");
    await other.run("update users set city = 'y' where user_key = 1");
    await refused(url, {
      says: "another session held a lock for too long",
      next: "--lock-timeout 600",
      args: ["--lock-timeout", "1"],
    });
    await other.run("rollback");
    assertEquals(await fingerprint(database), before);
    if (postgres) return;
    const lock = `select get_lock('debr.${database.schema}', 1)`;
    assertEquals(await numberOf(other, lock), 1);
    await refused(url, {
      says: "another load is under way",
      next: "--lock-timeout 600",
      args: ["--lock-timeout", "1"],
    });
  });

  Deno.test(`${kind}: only the second role can read logins and altids`, async () => {
    const { name, url } = await newDatabase(kind);
    const ended = await runLoad(url, SAMPLE);
    assertEquals(ended.status, 0, ended.err);
    assert(!ended.err.includes("were not made"), ended.err);
    const { user, url: theirs } = await newUser(kind, name);
    await using admin = await session(url);
    const become = async (role: string) => {
      await admin.run(`grant ${role} to ${user}`);
      if (!postgres) await admin.run(`set default role ${role} for ${user}`);
      return await session(theirs);
    };
    {
      await using reader = await become("debr_reader");
      for (const table of ["users", "media", "countries", "timezones"]) {
        assert((await numberOf(reader, `select count(*) from ${table}`))! > 0);
      }
      for (const table of ["logins", "altids"]) {
        await assertRejects(
          () => reader.rows(`select count(*) from ${table}`),
          DestinationError,
          "denied",
        );
      }
      await assertRejects(() => reader.run("delete from users"), DestinationError, "denied");
    }
    await using trusted = await become("debr_sensitive_reader");
    assertEquals(await numberOf(trusted, "select count(*) from logins"), 1000);
    assertEquals(await numberOf(trusted, "select count(*) from altids"), 794);
  });

  Deno.test(`${kind}: a user who may not create roles can load and is shown the SQL`, async () => {
    const { name, url } = await newDatabase(kind);
    const { user, url: theirs } = await newUser(kind, name);
    await using admin = await session(url);
    await admin.run(
      postgres ? `grant create on schema public to ${user}` : `grant all on ${name}.* to ${user}`,
    );
    const { status, err } = await runLoad(theirs, SAMPLE);
    assertEquals(status, 0, err);
    // PostgreSQL shares roles among databases, so the roles of earlier tests exist.
    if (!postgres) {
      assertStringIncludes(
        err,
        "Roles debr_reader and debr_sensitive_reader are not shown to this user",
      );
      assertStringIncludes(err, `grant select on \`${name}\`.\`users\` to \`debr_reader\`;`);
    }
    assertEquals(await numberOf(admin, "select count(*) from users"), 1000);
  });

  Deno.test(`${kind}: forgotten people are deleted from the database`, async () => {
    const root = await Deno.makeTempDir();
    const people = hardPeople([{ city: "a" }, { city: "b" }]);
    await writeDataset(root, people);
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", root])).status, 0);
    const [gone = ""] = people.users.map(({ user_id }) => user_id);
    await writeForgotten(root, Uint8Array.fromHex(gone.replaceAll("-", "")));
    const { out } = await runLoad(url, ["--data", root, "--json"]);
    const { tables } = JSON.parse(out);
    const deleted = ["users", "logins", "altids"].map((table) => tables[table].deleted);
    assertEquals(deleted, [1, 1, 4]);
    await using database = await session(url);
    assertEquals(await database.rows("select city from users"), [["b"]]);
    assertEquals(await numberOf(database, "select count(*) from altids"), 0);
    await Deno.remove(root, { recursive: true });
  });

  Deno.test(`${kind}: a damaged dataset changes nothing`, async () => {
    const root = await Deno.makeTempDir();
    const { url } = await newDatabase(kind);
    const load = () => runLoad(url, ["--data", root]);
    const nothing = await load();
    assertEquals(nothing.status, 7);
    assertStringIncludes(nothing.err, "deno task extract");
    const people = hardPeople([{}, {}]);
    await writeDataset(root, { ...people, media: [] });
    assertStringIncludes(
      (await load()).err,
      "Cannot load users: 2 of 2 rows would break a foreign key",
    );
    await writeDataset(root, { ...people, users: [people.users[0]!, people.users[0]!] });
    assertStringIncludes((await load()).err, "deno task verify");
    await writeDataset(root, people);
    await Deno.writeTextFile(`${root}/tables/logins/part-00001.parquet`, "x", { append: true });
    assertStringIncludes((await load()).err, "bytes, the manifest says");
    await using database = await session(url);
    const tables =
      `select count(*) from information_schema.tables where table_schema = '${database.schema}'`;
    if (postgres) assertEquals(await numberOf(database, tables), 0);
    else assertEquals(await numberOf(database, "select count(*) from users"), 0);
    await Deno.remove(root, { recursive: true });
  });

  Deno.test(`${kind}: sslmode controls the encryption of a connection`, async () => {
    const server = serverOf(kind);
    const { url } = await newDatabase(kind);
    const cipher = postgres
      ? "select cipher from pg_stat_ssl where pid = pg_backend_pid()"
      : "select variable_value from information_schema.session_status where variable_name = 'Ssl_cipher'";
    const encrypted = async (parameters: string) => {
      await using database = await session(`${url}?${parameters}`);
      return Boolean((await database.rows(cipher))[0]?.[0]);
    };
    const ca = `sslrootcert=${server.folder}/ca.pem`;
    assertEquals(await encrypted(""), true);
    assertEquals(await encrypted("sslmode=disable"), false);
    assertEquals(await encrypted("sslmode=require"), true);
    assertEquals(await encrypted(`sslmode=verify-full&${ca}`), true);
    await refused(`${url}?sslmode=verify-full`, {
      says: "Cannot use",
      next: "sslrootcert=ca.pem",
    });
    const elsewhere = url.replace("localhost", "127.0.0.1");
    const { status, err } = await runLoad(`${elsewhere}?sslmode=verify-full&${ca}`, SAMPLE);
    assertEquals(status, postgres ? 7 : 2, err);
  });

  Deno.test(`${kind}: a server without encryption is used unless sslmode forbids it`, async () => {
    await using server: Server = postgres
      ? await startPostgres(["ssl=off"])
      : await startMariadb(["--skip-ssl"]);
    const url = server.url("people");
    await refused(`${url}?sslmode=require`, { says: "does not support", next: "sslmode=prefer" });
    assertEquals((await runLoad(url, SAMPLE)).status, 0);
  });
}

Deno.test({
  name: "mysql: a server without LOAD DATA LOCAL gives the statement that enables it",
  ignore: !KINDS.includes("mysql"),
  fn: async () => {
    const { url } = await newDatabase("mysql");
    await using database = await session(url);
    await database.run("set global local_infile = 0");
    await refused(url, {
      says: "does not allow LOAD DATA LOCAL",
      next: "set global local_infile = 1",
    });
    await database.run("set global local_infile = 1");
  },
});

Deno.test("a password on the command line is refused and not quoted", async () => {
  for (const args of [["--to"], ["--data"], []]) {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-q", "-P=load", "main.ts", "load"],
        ...[...args, "postgres://a:pl4n/ted@localhost:1/b"],
      ],
      env: { NO_COLOR: "1", DEBR_DATABASE_URL: "mysql://a@localhost:1/b" },
    }).output();
    const err = new TextDecoder().decode(stderr);
    assert(!/pl4n|ted@/.test(err), err);
    assertEquals(code, args[0] === "--data" ? 7 : 2, err);
    if (args[0] === "--to") assertStringIncludes(err, "Put the URL into DEBR_DATABASE_URL");
  }
});
