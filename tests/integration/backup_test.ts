/**
 * Backups of each source to each place, restored and compared by content.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { numberOf } from "../../etl/load/database/connection/session.ts";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import {
  ALL_SECRETS,
  done,
  filesBelow,
  newPlace,
  PLACES,
  run,
  startStores,
  statesOf,
  stopStores,
} from "./backup_support.ts";
import { assertSameRows, fingerprint } from "./compare.ts";
import { KINDS, newDatabase, runLoad, session, startServers, stopServers } from "./load_support.ts";
import { startPostgres } from "./servers.ts";

const PEOPLE = 3000;

/** Enough people that other sessions can write during a dump. */
const MANY = 20_000;

let root = "";
const loaded = new Map<string, string>();

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
  root = await Deno.makeTempDir({ prefix: "debr-backup-test-" });
  await writePeople(root, { people: PEOPLE });
  for (const kind of KINDS) {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", root])).status, 0);
    loaded.set(kind, url);
  }
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
  await Deno.remove(root, { recursive: true });
});

async function contentOf(folder: string): Promise<Record<string, string>> {
  const files = (await filesBelow(folder)).filter((path) => !path.endsWith(".lock"));
  const hashes = await Promise.all(files.map(async (path) => {
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
    return [path.slice(folder.length), new Uint8Array(digest).toHex()] as const;
  }));
  return Object.fromEntries(hashes.sort());
}

for (const place of PLACES) {
  Deno.test(`the dataset restored from ${place} is the same byte for byte`, async () => {
    const { url, env } = newPlace(place);
    const made = await done(["backup", "--data", root, "--to", url], { env });
    assertEquals(made.tables.users.rows, PEOPLE);
    const verified = await done(["restore", "--verify", "--from", url], { env });
    assertEquals([verified.scratch, verified.id], [true, made.id]);
    assert(!await Deno.stat(verified.into).catch(() => false));
    await using folder = await temporary();
    await done(["restore", "--from", `${url}/${made.id}`, "--out", folder.path], { env });
    assertEquals(await contentOf(folder.path), await contentOf(root));
    assertEquals(await statesOf(newPlace(place)), []);
  });

  for (const kind of KINDS) {
    Deno.test(`${kind} restored from ${place} is the same row for row`, async () => {
      const to = newPlace(place);
      const { url } = to;
      const env = { ...to.env, DEBR_DATABASE_URL: loaded.get(kind)! };
      const made = await done(["backup", "--database", "env", "--to", url], { env });
      assert(/dump/.test(made.source.tool) && /\d+\.\d+/.test(made.source.server));
      const { url: empty } = await newDatabase(kind);
      const restoring = { ...to.env, DEBR_DATABASE_URL: empty };
      await done(["restore", "--from", url, "--database", "env"], { env: restoring });
      await using restored = await session(empty);
      await assertSameRows(restored, root);
      await using original = await session(loaded.get(kind)!);
      assertEquals(await fingerprint(restored), await fingerprint(original));
      const again = await run(["restore", "--from", url, "--database", "env"], { env: restoring });
      assertEquals(again.status, 7);
      assertStringIncludes(again.err, "it is not empty");
      const databases = kind === "postgres"
        ? "select count(*) from pg_database"
        : "select count(*) from information_schema.schemata";
      const before = await numberOf(original, databases);
      const verified = await done(["restore", "--verify", "--from", url, "--database", "env"], {
        env,
      });
      assert(/^debr_verify_[0-9a-f]{12}$/.test(verified.into));
      assertEquals(await numberOf(original, databases), before);
      assertEquals(await statesOf(to), ["verified"]);
      for (const path of await filesBelow(to.folder)) {
        const bytes = new TextDecoder("latin1").decode(await Deno.readFile(path));
        assertEquals(ALL_SECRETS.filter((secret) => bytes.includes(secret)), [], path);
      }
    });
  }
}

/** Collects the command lines of all processes until it is disposed. */
function watchProcesses() {
  const child = new Deno.Command("sh", {
    args: ["-c", "while :; do cat /proc/[0-9]*/cmdline; done 2>/dev/null"],
    stdout: "piped",
  }).spawn();
  const seen = new Set<string>();
  const reading = (async () => {
    let rest = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const args = (rest + text).split("\0");
      rest = args.pop() ?? "";
      for (const arg of args) seen.add(arg);
    }
  })();
  return {
    seen,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.status;
      await reading;
    },
  };
}

for (const kind of KINDS) {
  Deno.test(`${kind}: no password is visible in the list of processes`, async () => {
    const { url } = newPlace("folder");
    const { url: empty } = await newDatabase(kind);
    let seen: ReadonlySet<string>;
    {
      await using watching = watchProcesses();
      seen = watching.seen;
      const database = ["--database", "env"];
      const env = { DEBR_DATABASE_URL: loaded.get(kind)! };
      await done(["backup", "--to", url, ...database], { env });
      await done(["restore", "--from", url, ...database], { env: { DEBR_DATABASE_URL: empty } });
    }
    const tools = kind === "postgres" ? ["pg_dump", "pg_restore"] : ["mariadb-dump", "mariadb"];
    for (const tool of tools) assert([...seen].some((arg) => arg.endsWith(tool)), tool);
    assertEquals([...seen].filter((arg) => ALL_SECRETS.some((it) => arg.includes(it))), []);
  });

  Deno.test(`${kind}: a dump of a changing database is a consistent snapshot`, async () => {
    const { url } = newPlace("folder");
    const { url: busy } = await newDatabase(kind);
    await using many = await temporary();
    await writePeople(many.path, { people: MANY });
    assertEquals((await runLoad(busy, ["--data", many.path])).status, 0);
    const env = { DEBR_DATABASE_URL: busy };
    await using writer = await session(busy);
    let over = false;
    const backup = done(["backup", "--database", "env", "--to", url], { env })
      .finally(() => over = true);
    let writes = 0;
    while (!over) {
      await writer.run(`update users set city = 'City ${writes}' where user_key % 7 = 0`);
      await writer.run(`delete from altids where altid_key % 1000 = ${writes++}`);
    }
    await backup;
    assert(writes > 2, String(writes));
    const verified = ["restore", "--verify", "--from", url, "--database", "env"];
    assertEquals((await done(verified, { env })).verified, true);
  });
}

for (const place of PLACES) {
  Deno.test({
    name: `postgres: a dump of several parts is restored from ${place}`,
    ignore: !KINDS.includes("postgres"),
    fn: async () => {
      const to = newPlace(place);
      const { url } = await newDatabase("postgres");
      await using database = await session(url);
      // Random bytes do not compress: about 40 MB.
      await database.run(
        "create table noise as select n, " +
          "sha512(random()::text::bytea) || sha512(random()::text::bytea) as bytes " +
          "from generate_series(1, 300000) as n",
      );
      const env = { ...to.env, DEBR_DATABASE_URL: url };
      const made = await done(["backup", "--database", "env", "--to", to.url], { env });
      assert(made.objects[0].bytes > 35e6, made.objects[0].bytes);
      const verified = ["restore", "--verify", "--from", to.url, "--database", "env"];
      assertEquals((await done(verified, { env })).tables["public.noise"].rows, 300_000);
    },
  });
}

Deno.test({
  name: "postgres: a restore to a server without the roles skips their rights and warns",
  ignore: !KINDS.includes("postgres"),
  fn: async () => {
    const { url } = newPlace("folder");
    const env = { DEBR_DATABASE_URL: loaded.get("postgres")! };
    const { source } = await done(["backup", "--database", "env", "--to", url], { env });
    assertEquals(source.roles, ["debr_reader", "debr_sensitive_reader"]);
    await using other = await startPostgres(["fsync=off"]);
    const elsewhere = { DEBR_DATABASE_URL: other.url("people") };
    const args = ["restore", "--from", url, "--database", "env"];
    const { status, err } = await run(args, { env: elsewhere });
    assertEquals(status, 0, err);
    assertStringIncludes(err, "Rights were left out: the server has no role debr_reader, debr_");
    await using restored = await session(other.url("people"));
    await assertSameRows(restored, root);
  },
});
