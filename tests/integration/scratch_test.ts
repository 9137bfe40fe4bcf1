/**
 * Databases that a killed verification leaves: the next one drops them unless a session uses them.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { makeScratch } from "../../etl/load/database/mod.ts";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import { done, newPlace, run, start, startStores, stopStores } from "./backup_support.ts";
import { KINDS, newDatabase, runLoad, session, startServers, stopServers } from "./load_support.ts";

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
});

async function scratches(url: string): Promise<string[]> {
  await using database = await session(url);
  const all = database.flavour === "postgres"
    ? "select datname from pg_database"
    : "show databases";
  return (await database.rows(all)).map(([name]) => String(name))
    .filter((name) => name.startsWith("debr_verify_"));
}

/** The programs that restore a dump. */
const TOOLS = { postgres: ["pg_restore"], mysql: ["mysql", "mariadb"] } as const;

/** Makes a folder of programs that kill the command that restores with them. */
async function deadly(folder: string, names: readonly string[]): Promise<string> {
  const bin = `${folder}/bin`;
  await Deno.mkdir(bin);
  for (const name of names) {
    const script =
      `#!/bin/sh\n[ "$1" = --version ] && exec /usr/bin/${name} --version\nkill -9 $PPID\n`;
    await Deno.writeTextFile(`${bin}/${name}`, script, { mode: 0o755 });
  }
  return bin;
}

for (const kind of KINDS) {
  Deno.test(`${kind}: the next verification drops the database of a killed one`, async () => {
    await using folder = await temporary();
    const root = `${folder.path}/data`;
    await writePeople(root, { people: 500 });
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", root])).status, 0);
    const { url: place } = newPlace("folder");
    const env = { DEBR_DATABASE_URL: url };
    await done(["backup", "--database", "env", "--to", place], { env });

    const args = ["restore", "--verify", "--from", place, "--database", "env"];
    const PATH = `${await deadly(folder.path, TOOLS[kind])}:${Deno.env.get("PATH")}`;
    const { signal } = await start(args, { env: { ...env, PATH } }).output();
    assertEquals(signal, "SIGKILL");
    const left = await scratches(url);
    assertEquals(left.length, 1);

    await using alive = await session(url);
    const used = await makeScratch(alive);
    const { status, err } = await run(args, { env });
    assertEquals(status, 0, err);
    assertStringIncludes(err, `Removed ${left[0]}, which a killed verification had left`);
    assertEquals(await scratches(url), [used]);
    await alive[Symbol.asyncDispose]();
    const after = await done(args, { env });
    assert(after.swept.includes(used));
    assertEquals(await scratches(url), []);
  });
}
