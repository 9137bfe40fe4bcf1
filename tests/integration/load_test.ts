import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { numberOf } from "../../etl/load/database/connection/session.ts";
import { load } from "../../etl/load/database/load.ts";
import { HISTORY, type History } from "../../etl/load/database/state.ts";
import { hardPeople, writeDataset, writePeople } from "../load/database/datasets.ts";
import { assertSameRows, fingerprint } from "./compare.ts";
import {
  KINDS,
  newDatabase,
  runLoad,
  SECRETS,
  session,
  startLoad,
  startServers,
  stopServers,
  until,
} from "./load_support.ts";

/** People in the larger datasets. A manual run used one million. */
const MANY = Number(Deno.env.get("DEBR_TEST_PEOPLE") ?? 100_000);

const many = Deno.makeTempDirSync({ prefix: "debr-many-" });

Deno.test.beforeAll(async () => {
  await startServers();
  await writePeople(many, { people: MANY, seed: "many" });
});

Deno.test.afterAll(async () => {
  await stopServers();
  await Deno.remove(many, { recursive: true });
});

interface Json {
  readonly tables: Record<string, Record<string, number>>;
}

async function loaded(url: string, root: string): Promise<Json["tables"]> {
  const { status, out, err } = await runLoad(url, ["--data", root, "--json"]);
  assertEquals(status, 0, err);
  return (JSON.parse(out) as Json).tables;
}

for (const kind of KINDS) {
  Deno.test(`${kind}: every value of the sample is loaded, and a second load changes nothing`, async () => {
    const { url } = await newDatabase(kind);
    const first = await loaded(url, "data/sample");
    assertEquals(first["users"]?.["inserted"], 1000);
    await using database = await session(url);
    await assertSameRows(database, "data/sample");
    const before = await fingerprint(database);
    const second = await loaded(url, "data/sample");
    assertEquals(second["users"], {
      inserted: 0,
      updated: 0,
      unchanged: 1000,
      deleted: 0,
      others: 0,
    });
    assertEquals(second["media"]?.["inserted"], 0);
    assertEquals(await fingerprint(database), before);
  });

  Deno.test(`${kind}: every value of many people is loaded, and no list of processes shows the password`, async () => {
    const { url } = await newDatabase(kind);
    const child = startLoad(url, ["--data", many, "--json"]);
    const listed = await new Deno.Command("ps", { args: ["-eww", "-o", "args"] }).output();
    const processes = new TextDecoder().decode(listed.stdout);
    assertStringIncludes(processes, "main.ts load");
    for (const secret of SECRETS) assert(!processes.includes(secret), "Expected no password");
    const { code, stderr } = await child.output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    await using database = await session(url);
    await assertSameRows(database, many);
  });

  Deno.test(`${kind}: an append adds only the new people and keeps every key`, async () => {
    const [less, more] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
    await writePeople(less, { people: 2000 });
    await writePeople(more, { people: 3000 });
    const { url } = await newDatabase(kind);
    await loaded(url, less);
    await using database = await session(url);
    const keys = "select user_key, user_id from users where user_key <= 2000 order by user_key";
    const before = await database.rows(keys);
    const { users } = await loaded(url, more);
    assertEquals([users?.["inserted"], users?.["unchanged"]], [1000, 2000]);
    assertEquals(await database.rows(keys), before);
    await assertSameRows(database, more);
    const again = await loaded(url, less);
    assertEquals([again["users"]?.["unchanged"], again["users"]?.["others"]], [2000, 1000]);
    await assertSameRows(database, more);
    for (const root of [less, more]) await Deno.remove(root, { recursive: true });
  });

  Deno.test(`${kind}: changed rows are corrected, and no other row is written`, async () => {
    const { url } = await newDatabase(kind);
    await loaded(url, "data/sample");
    await using database = await session(url);
    const before = await fingerprint(database);
    // Texts that are equal under collations that pad or ignore case.
    await database.run(
      `update users set city = ${
        kind === "postgres" ? "city || ' '" : "concat(city, ' ')"
      } where user_key = 7`,
    );
    await database.run("update users set first_name = upper(first_name) where user_key = 9");
    await database.run("delete from altids where altid_key = 3");
    await database.run("update users set country_key = 1 where country_key = 2");
    const moved = await numberOf(database, "select count(*) from users where country_key = 1");
    assert(moved! > 0);
    const { users, altids, logins } = await loaded(url, "data/sample");
    assert(users!["updated"]! >= 2 && users!["updated"]! < 200, JSON.stringify(users));
    assertEquals(altids?.["inserted"], 1);
    assertEquals(logins?.["updated"], 0);
    await assertSameRows(database, "data/sample");
    await database.run("delete from altids where altid_key > 794");
    assert(await fingerprint(database) !== before);
  });

  Deno.test(`${kind}: a killed load does not change the database`, async () => {
    const { url, name } = await newDatabase(kind);
    await loaded(url, "data/sample");
    await using database = await session(url);
    const before = await fingerprint(database);
    const merging = kind === "postgres"
      ? `select 1 from pg_stat_activity where datname = '${name}' and query like 'insert into "logins"%'`
      : `select 1 from information_schema.processlist where db = '${name}' and info like 'insert into \`logins\`%'`;
    const child = startLoad(url, ["--data", many]);
    await until(database, merging);
    child.kill("SIGKILL");
    await child.output();
    assertEquals(await fingerprint(database), before);
    const { users } = await loaded(url, many);
    assertEquals(users?.["inserted"], MANY);
    assertEquals(users?.["others"], 1000);
  });

  Deno.test(`${kind}: values that databases often change are kept`, async () => {
    const root = await Deno.makeTempDir();
    await writeDataset(
      root,
      hardPeople([
        { city: "Köln" },
        { city: "Köln " },
        { city: "köln" },
        { city: "Ko\u0308ln", first_name: "\u200cعلی\u200c", last_name: "😀𐐷\u{10ffff}" },
        { city: `La ""d"" 'x' \`y\``, street_name: "", postcode: "0000" },
        { city: "\\", street_name: "\\N", state: "\\t\\n", title: "NULL", cell: " " },
        { date_of_birth: "0000-01-01T00:00:00.000Z", registered_at: "9999-12-31T23:59:59.999Z" },
        { date_of_birth: "0001-01-01T00:00:00.001Z", registered_at: "1969-12-31T23:59:59.999Z" },
        // An hour that does not exist in New York, and one that occurs twice.
        { date_of_birth: "2021-03-14T02:30:00.100Z", registered_at: "2021-11-07T01:30:00.010Z" },
        { latitude: "-90.0000", longitude: "-180.0000", street_number: -2147483648 },
        { latitude: "0.0001", longitude: "-0.0001", street_number: 2147483647 },
        { title: "x".repeat(10_000), email: "é'..@ü" },
      ]),
    );
    const { url } = await newDatabase(kind);
    await loaded(url, root);
    await using database = await session(url);
    if (kind === "postgres") {
      const years = "select extract(year from date_of_birth)::int from users where user_key = 7";
      assertEquals(await numberOf(database, years), -1);
      await database.run(
        "update users set date_of_birth = '0001-12-31' where user_key = 7 and extract(year from date_of_birth) = -1",
      );
    }
    const { users } = await loaded(url, root);
    assertEquals(users?.["updated"], kind === "postgres" ? 1 : 0);
    if (kind === "postgres") await database.run("delete from users where user_key = 7");
    const rows = await database.rows("select count(*) from users");
    assertEquals(Number(rows[0]?.[0]), kind === "postgres" ? 11 : 12);
    if (kind === "mysql") await assertSameRows(database, root);
    await Deno.remove(root, { recursive: true });
  });

  Deno.test(`${kind}: an older database is migrated, a newer one is refused`, async () => {
    const { url } = await newDatabase(kind);
    await loaded(url, "data/sample");
    await using database = await session(url);
    const history: History = {
      version: HISTORY.version + 2,
      migrations: [
        {
          to: HISTORY.version + 1,
          statements: () => ["alter table users add column nickname varchar(20)"],
        },
        {
          to: HISTORY.version + 2,
          statements: () => ["update users set nickname = 'n' where user_key = 1"],
        },
      ],
    };
    {
      await using newer = await session(url);
      const result = await load(newer, { root: "data/sample", lockTimeout: 5, history });
      assertEquals(result.users.unchanged, 1000);
    }
    const migrated = "select count(*) from users where nickname = 'n'";
    assertEquals(await numberOf(database, migrated), 1);
    assertEquals(
      await numberOf(database, "select schema_version from debr_meta"),
      HISTORY.version + 2,
    );
    const before = await fingerprint(database);
    const { status, err } = await runLoad(url, ["--data", "data/sample"]);
    assertEquals(status, 7);
    assertStringIncludes(err, `have version ${HISTORY.version + 2}, this debr supports`);
    assertStringIncludes(err, "Update debr");
    assertEquals(await fingerprint(database), before);
  });
}
