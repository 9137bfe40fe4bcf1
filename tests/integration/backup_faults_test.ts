/**
 * What goes wrong around backups: each a clear error with a next step, and no secret in it.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { temporary } from "../temporary.ts";
import {
  done,
  newPlace,
  PLACES,
  run,
  type RunOptions,
  startStores,
  statesOf,
  stopStores,
} from "./backup_support.ts";
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

const SAMPLE = ["backup", "--data", "data/sample", "--to"];

/** Expects a command to end with status 7, or another, and a message with a next step. */
async function refused(
  args: readonly string[],
  { says, next, status = 7, ...options }: RunOptions & {
    readonly says: string | RegExp;
    readonly next: string;
    readonly status?: number;
  },
): Promise<void> {
  const said = await run(args, options);
  if (typeof says === "string") assertStringIncludes(said.err, says);
  else assertMatch(said.err, says);
  assertStringIncludes(said.err, next);
  assert(!said.err.includes("Unexpected fault"), said.err);
  assertEquals(said.status, status, said.err);
}

const s3 = { ignore: !PLACES.includes("s3") };
const gs = { ignore: !PLACES.includes("gs") };

Deno.test("s3: credentials that are wrong or missing", s3, async () => {
  const { url, env } = newPlace("s3");
  const args = [...SAMPLE, url];
  const refusedOnes = {
    says: "the store refused the credentials",
    next: "Check AWS_ACCESS_KEY_ID",
  };
  await refused(args, { ...refusedOnes, env: { ...env, AWS_SECRET_ACCESS_KEY: "pl4nted-wrong" } });
  await refused(args, { ...refusedOnes, env: { ...env, AWS_ACCESS_KEY_ID: "nobody" } });
  await using home = await temporary();
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...without } = env;
  const says = "Could not load credentials";
  await refused(args, {
    says,
    next: "Set AWS_ACCESS_KEY_ID",
    env: { ...without, HOME: home.path },
  });
  const { AWS_REGION: _region, ...nowhere } = env;
  const missing = { says: /region is missing/i, next: "AWS_REGION" };
  await refused(args, { ...missing, env: { ...nowhere, HOME: home.path } });
});

Deno.test("s3: a bucket or a store that is not there", s3, async () => {
  const { env } = newPlace("s3");
  await refused([...SAMPLE, "s3://nowhere/x"], {
    says: "there is no bucket nowhere",
    next: "debr makes no buckets",
    env,
  });
  await refused([...SAMPLE, "s3://backups/x"], {
    says: "ECONNREFUSED",
    next: "check it, then run the same command again",
    env: { ...env, AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" },
  });
});

Deno.test("gs: a bucket or a store that is not there", gs, async () => {
  const { env } = newPlace("gs");
  await refused([...SAMPLE, "gs://nowhere/x"], {
    says: "there is no bucket nowhere",
    next: "debr makes no buckets",
    env,
  });
  await refused(["restore", "--verify", "--from", "gs://nowhere/x"], {
    says: "there is no bucket nowhere",
    next: "debr makes no buckets",
    env,
  });
});

/** A store that answers everything with one status: the servers of the tests check no tokens. */
function refusing(status: number) {
  const body = JSON.stringify({ error: { code: status, message: "Invalid Credentials" } });
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(body, { status, headers: { "content-type": "application/json" } }),
  );
}

Deno.test("gs: credentials that are wrong or missing", gs, async () => {
  const { url, env } = newPlace("gs");
  await using home = await temporary();
  const missing = { HOME: home.path, GOOGLE_APPLICATION_CREDENTIALS: `${home.path}/none.json` };
  await refused([...SAMPLE, url], {
    says: "none.json",
    next: "GOOGLE_APPLICATION_CREDENTIALS",
    env: { ...env, ...missing },
  });
  const answers = { 401: "refused the credentials", 403: "the credentials do not allow it" };
  for (const [status, says] of Object.entries(answers)) {
    await using server = refusing(Number(status));
    const endpoint = `http://127.0.0.1:${server.addr.port}`;
    await refused([...SAMPLE, url], {
      says,
      next: status === "401" ? "GOOGLE_APPLICATION_CREDENTIALS" : "roles/storage.objectAdmin",
      env: { CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: endpoint },
    });
  }
});

for (const [direction, how] of [["sent", "while it writes"], ["received", "while it reads"]]) {
  Deno.test(`s3: a connection that is cut ${how}`, s3, async () => {
    const place = newPlace("s3");
    const { url, env } = place;
    const port = Number(new URL(env["AWS_ENDPOINT_URL_S3"]!).port);
    if (direction === "received") await done([...SAMPLE, url], { env });
    await using proxy = startProxy(port, { cutAfter: { [direction!]: 60_000 } });
    const cut = { ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` };
    const args = direction === "sent" ? [...SAMPLE, url] : ["restore", "--verify", "--from", url];
    await refused(args, {
      says: direction === "sent" ? "Cannot write s3://" : "Cannot read s3://",
      next: "then run the same command again",
      env: cut,
    });
    // Nothing is noted of a backup for what was not its fault.
    assertEquals(await statesOf(place), [direction === "sent" ? "unfinished" : "complete"]);
    const again = direction === "sent" ? [...SAMPLE, url] : args;
    await done(again, { env });
  });
}

Deno.test("s3: --encryption is asked of the store for every object", s3, async () => {
  const { url, env } = newPlace("s3");
  const port = Number(new URL(env["AWS_ENDPOINT_URL_S3"]!).port);
  for (
    const [encryption, header] of [
      ["aes256", /x-amz-server-side-encryption: AES256/gi],
      ["kms:alias/people", /x-amz-server-side-encryption-aws-kms-key-id: alias\/people/gi],
    ] as const
  ) {
    let sent = "";
    await using proxy = startProxy(port, {
      onSent: (bytes) => sent += new TextDecoder("latin1").decode(bytes),
    });
    const through = { ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` };
    const args = [...SAMPLE, `${url}-${encryption.slice(0, 3)}`, "--encryption", encryption];
    const { objects } = await done(args, { env: through });
    assertEquals(sent.match(header)?.length, objects.length + 1);
  }
});

Deno.test("what cannot be asked for is a matter of usage", async () => {
  const { url } = newPlace("folder");
  const usage = { status: 2 };
  await refused([...SAMPLE, url, "--encryption", "rot13"], {
    ...usage,
    says: "it should be aes256 or kms:KEY",
    next: "See deno task backup --help",
  });
  await refused([...SAMPLE, url, "--encryption", "aes256"], {
    ...usage,
    says: "a folder has no encryption of its own",
    next: "encrypted disk",
  });
  await refused(["backup"], { ...usage, says: "no place is named", next: "DEBR_BACKUP_URL" });
  await refused(["backup", "--to", "s3://key:pl4nted@bucket"], {
    ...usage,
    says: "credentials stand in it",
    next: "environment variables",
  });
  await refused(["backup", "--to", url, "--database", "postgres://a:pl4nted@localhost/b"], {
    ...usage,
    says: "it holds a password",
    next: "See deno task backup --help",
  });
  await refused(["restore", "--from", url], {
    says: "none of this kind is complete",
    next: "deno task backup --list",
  });
});

for (const kind of KINDS) {
  Deno.test(`${kind}: faults of the database and of its programs`, async () => {
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

  Deno.test(`${kind}: who may not read all of it makes no backup`, async () => {
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
      next: "Let",
      env,
    });
    assert(!(await statesOf(place)).includes("complete"));
  });

  Deno.test(`${kind}: a connection that is cut makes no backup`, async () => {
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

  Deno.test(`${kind}: sslmode holds for the programs as well`, async () => {
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
