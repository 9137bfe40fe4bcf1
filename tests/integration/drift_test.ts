import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertWays } from "./drift_ways.ts";
import {
  KINDS,
  newDatabase,
  runDebr,
  runLoad,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

const SAMPLE = ["--data", "data/sample"];

for (const kind of KINDS) {
  Deno.test(`${kind}: each change to the tables is reported, and the next step reverts it`, async (t) => {
    await assertWays(t, { kind, url: (await newDatabase(kind)).url });
  });

  Deno.test(`${kind}: the command reports a difference as text and JSON with exit code 6`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, SAMPLE)).status, 0);
    const same = await runDebr("drift", { url });
    assertEquals([same.status, same.err], [0, ""]);
    assertStringIncludes(same.out, "no difference");
    {
      await using database = await session(url);
      await database.run("alter table users add column nickname varchar(20)");
    }
    const text = await runDebr("drift", { url });
    assertEquals(text.status, 6);
    assertStringIncludes(text.out, "1 difference");
    assert(/users\.nickname +added column +– +(character varying|varchar)\(20\)/.test(text.out));
    assertStringIncludes(text.out, "Copy its values elsewhere");
    const { status, out } = await runDebr("drift", { url, args: ["--json"] });
    assertEquals(status, 6);
    const { differences: [difference] } = JSON.parse(out);
    assertEquals([difference.kind, difference.place], ["added_column", "users.nickname"]);
  });

  Deno.test(`${kind}: an empty database and a wrong password are reported`, async () => {
    const { url } = await newDatabase(kind);
    const empty = await runDebr("drift", { url });
    assertEquals(empty.status, 7);
    assertStringIncludes(empty.err, "deno task load");
    const wrong = await runDebr("drift", { url: url.replace(/:[^:@]+@/, ":pl4nted-wrong@") });
    assertEquals(wrong.status, 7);
    assertStringIncludes(wrong.err, "Check user and password");
  });

  Deno.test(`${kind}: a user without full access sees which parts were not compared`, async () => {
    const { name, url } = await newDatabase(kind);
    assertEquals((await runLoad(url, SAMPLE)).status, 0);
    await using admin = await session(url);
    const user = `seer_${name}`;
    await admin.run(
      kind === "postgres"
        ? `create role ${user} login password 'weak'`
        : `create user ${user}@'%' identified by 'weak'`,
    );
    if (kind === "mysql") await admin.run(`grant select on ${name}.* to ${user}`);
    const theirs = new URL(url);
    [theirs.username, theirs.password] = [user, "weak"];
    if (kind === "postgres") await admin.run(`grant select on debr_meta to ${user}`);
    const { status, out } = await runDebr("drift", { url: theirs.href });
    assertEquals(status, 0, out);
    assertEquals(out.includes("was not compared"), kind === "mysql");
    if (kind === "postgres") return;
    await admin.run("create trigger mine before insert on users for each row set @x = 1");
    assertStringIncludes((await runDebr("drift", { url: theirs.href })).out, "No trigger was");
    await admin.run(`grant trigger on ${name}.* to ${user}`);
    const seen = await runDebr("drift", { url: theirs.href });
    assertEquals([seen.status, seen.out.includes("No trigger was")], [6, false], seen.err);
  });
}
