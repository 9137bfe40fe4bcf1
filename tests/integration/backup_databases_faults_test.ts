/**
 * Errors of databases and their programs during a backup: each has a next step and contains no secret.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { done, newPlace, refused, startStores, statesOf, stopStores } from "./backup_support.ts";
import {
  KINDS,
  newDatabase,
  runLoad,
  serverOf,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";
import { startProxy } from "./proxy.ts";

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
});

for (const kind of KINDS) {
  Deno.test(`${kind}: errors of the database and its programs have a next step`, async () => {
    const { url: place } = newPlace("folder");
    const { url, name } = await newDatabase(kind);
    const backup = ["backup", "--database", "env", "--to", place];
    const restore = ["restore", "--database", "env", "--from", place];
    assertEquals((await runLoad(url, ["--data", "data/sample"])).status, 0);
    const env = { DEBR_DATABASE_URL: url };
    await done(backup, { env });
    await refused(backup, {
      says: "refused user admin",
      next: "Check user and password",
      env: { DEBR_DATABASE_URL: serverOf(kind).url(name, "admin", "pl4nted-wrong") },
    });
    const tool = { next: "apt-get install", env: { ...env, PATH: "/nowhere" } };
    const dump = kind === "postgres"
      ? "Cannot run pg_dump"
      : "Cannot run mysqldump or mariadb-dump";
    await refused(backup, { ...tool, says: kind === "postgres" ? dump : /Cannot run m.*-dump/ });
    const { url: empty } = await newDatabase(kind);
    const into = { ...tool.env, DEBR_DATABASE_URL: empty };
    await refused(restore, { ...tool, says: "it is not installed", env: into });
    await refused(restore, { says: "it is not empty", next: "--verify", env });
    await refused(["restore", "--database", "env", "--from", place, "--verify"], {
      says: "none of this kind is complete",
      next: "--list",
      env: { DEBR_DATABASE_URL: serverOf(KINDS.find((it) => it !== kind) ?? kind).url("people") },
    });
    const [id] = (await done(["backup", "--list", "--to", place])).map((it: { id: string }) =>
      it.id
    );
    await refused(["restore", "--from", `${place}/${id}`], {
      status: 2,
      says: "it is a dump of",
      next: "--database",
    });
  });

  Deno.test(`${kind}: a backup fails for a user without full read access`, async () => {
    const place = newPlace("folder");
    const { url, name } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", "data/sample"])).status, 0);
    await using admin = await session(url);
    const user = `reader_${name}`;
    const made = kind === "postgres"
      ? [`create role ${user} login password 'weak'`, `grant select on users to ${user}`]
      : [
        `create user ${user}@'%' identified by 'weak'`,
        `grant select on ${name}.users to ${user}`,
      ];
    for (const statement of made) await admin.run(statement);
    const env = { DEBR_DATABASE_URL: serverOf(kind).url(name, user, "weak") };
    await refused(["backup", "--database", "env", "--to", place.url], {
      says: /denied/,
      next: "As an administrator, run",
      env,
    });
    assert(!(await statesOf(place)).includes("complete"));
  });

  Deno.test(`${kind}: a backup fails if the connection breaks`, async () => {
    const place = newPlace("folder");
    const { url } = await newDatabase(kind);
    await using database = await session(url);
    const postgres = kind === "postgres";
    await database.run(
      postgres
        ? "create table noise as select n, sha512(random()::text::bytea) as bytes " +
          "from generate_series(1, 200000) as n"
        : "create table noise as select seq as n, random_bytes(128) as bytes from seq_1_to_200000",
    );
    const port = serverOf(kind).port;
    await using proxy = startProxy(port, { cutAfter: { received: 1_000_000 } });
    const env = { DEBR_DATABASE_URL: url.replace(`:${port}/`, `:${proxy.port}/`) };
    await refused(["backup", "--database", "env", "--to", place.url], {
      says: /Cannot back up .*dump/,
      next: "Check that a server answers",
      env,
    });
    assertEquals(await statesOf(place), []);
  });

  Deno.test(`${kind}: sslmode also applies to the database programs`, async () => {
    const { url } = newPlace("folder");
    const { folder } = serverOf(kind);
    const database = (await newDatabase(kind)).url;
    assertEquals((await runLoad(database, ["--data", "data/sample"])).status, 0);
    const ca = `sslrootcert=${folder}/ca.pem`;
    for (const parameters of ["sslmode=disable", "sslmode=require", `sslmode=verify-full&${ca}`]) {
      const env = { DEBR_DATABASE_URL: `${database}?${parameters}` };
      await done(["backup", "--database", "env", "--to", url], { env });
      await done(["restore", "--verify", "--database", "env", "--from", url], { env });
    }
    await refused(["backup", "--database", "env", "--to", url], {
      says: "Cannot use",
      next: "sslrootcert=ca.pem",
      env: { DEBR_DATABASE_URL: `${database}?sslmode=verify-full` },
    });
  });
}
