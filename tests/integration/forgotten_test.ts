/**
 * Ways a forgotten person could return through a database, on real servers. tests/forgotten_test.ts
 * covers files.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sql, textOf } from "../../etl/load/database/ddl/builder.ts";
import { numberOf } from "../../etl/load/database/connection/session.ts";
import { forget } from "../../etl/load/dataset/forget.ts";
import { layout } from "../../etl/load/dataset/paths.ts";
import { forgetStaged } from "../../etl/run/forget_staged.ts";
import { userIds } from "../load/dataset/support.ts";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import { done, newPlace, run, startStores, stopStores } from "./backup_support.ts";
import { KINDS, newDatabase, runLoad, session, startServers, stopServers } from "./load_support.ts";

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
});

/** Counts the rows of a person in users, logins and altids. */
async function rowsOf(url: string, id: string): Promise<number> {
  await using database = await session(url);
  const { flavour } = database;
  const key = sql`(select user_key from users where user_id = ${sql.lit(id)})`;
  const counts = ["users", "logins", "altids"].map((table) =>
    sql`(select count(*) from ${sql.id(table)} where user_key = ${key})`
  );
  return await numberOf(database, textOf(sql`select ${sql.join(counts, sql` + `)}`, flavour)) ?? 0;
}

async function load(url: string, data: string): Promise<void> {
  const { status, err } = await runLoad(url, ["--data", data]);
  assertEquals(status, 0, err);
}

for (const kind of KINDS) {
  Deno.test(`${kind}: a forgotten person does not return through a dump, tables or another engine`, async () => {
    await using folder = await temporary();
    const root = `${folder.path}/data`;
    await writePeople(root, { people: 60 });
    const [id = ""] = await userIds(root);
    const { url } = await newDatabase(kind);
    await load(url, root);
    assert(await rowsOf(url, id) >= 2);

    const { url: place } = newPlace("folder");
    const env = { DEBR_DATABASE_URL: url };
    await done(["backup", "--database", "env", "--to", place], { env });
    await done(["backup", "--data", root, "--to", place]);
    const before = `${folder.path}/before`;
    await Deno.rename(await copyOf(layout(root).tables), before);
    await forget(root, { userIds: [id], forgetStaged });
    await load(url, root);
    assertEquals(await rowsOf(url, id), 0);

    // A dump still contains the forgotten person.
    const { url: restored } = await newDatabase(kind);
    const again = await run(["restore", "--from", place, "--database", "env"], {
      env: { DEBR_DATABASE_URL: restored },
    });
    assertEquals(again.status, 0, again.err);
    assertStringIncludes(again.err, "This erases them: deno task load");
    assert(await rowsOf(restored, id) >= 2);
    await load(restored, root);
    assertEquals(await rowsOf(restored, id), 0);

    // A backup of the dataset does too, but restore reads the list.
    const back = `${root}/restored`;
    await done(["restore", "--from", place, "--out", back]);
    await load(restored, back);
    assertEquals(await rowsOf(restored, id), 0);

    // Tables that were copied by hand, and tables without a manifest, as dbt and Spark write them.
    for (const data of [root, `${root}/elt`]) {
      const { tables } = layout(data);
      await Deno.mkdir(data, { recursive: true });
      await Deno.remove(tables, { recursive: true }).catch(() => undefined);
      await Deno.rename(await copyOf(before), tables);
      if (data !== root) await Deno.remove(`${tables}/manifest.json`);
      const { url: fresh } = await newDatabase(kind);
      for (const into of [restored, fresh]) {
        await load(into, data);
        assertEquals(await rowsOf(into, id), 0, data);
        await using database = await session(into);
        assertEquals(await numberOf(database, "select count(*) from users"), 59);
      }
    }
  });
}

async function copyOf(folder: string): Promise<string> {
  const copy = `${folder}.copy`;
  const { success } = await new Deno.Command("cp", { args: ["-r", folder, copy] }).output();
  assert(success);
  return copy;
}
