import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { compareDatabase } from "../../etl/drift/database.ts";
import type { Difference } from "../../etl/drift/difference.ts";
import type { Database } from "../../etl/load/database.ts";
import { COLUMN_WAYS } from "./drift_columns.ts";
import { KEY_WAYS } from "./drift_keys.ts";
import { TABLE_WAYS } from "./drift_tables.ts";
import type { Way } from "./drift_way.ts";
import {
  type Kind,
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

const WAYS = { ...COLUMN_WAYS, ...KEY_WAYS, ...TABLE_WAYS };

const SAMPLE = ["--data", "data/sample"];

function forKind<T>(kind: Kind, both: T | Readonly<Record<Kind, T>>): T {
  const byKind = typeof both === "object" && both !== null && "postgres" in both;
  return byKind ? both[kind] : both as T;
}

async function bringBack(
  { undo, load }: Way,
  { kind, database, url, differences }: {
    kind: Kind;
    database: Database;
    url: string;
    differences: readonly Difference[];
  },
): Promise<void> {
  const statements = undo === undefined
    ? differences.flatMap(({ sql = [] }) => sql)
    : forKind(kind, undo);
  for (const statement of statements) await database.run(statement);
  if (load) assertEquals((await runLoad(url, SAMPLE)).status, 0);
}

for (const kind of KINDS) {
  Deno.test(`${kind}: each way to change the tables is named, and what to do brings it back`, async (t) => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, SAMPLE)).status, 0);
    await using database = await session(url);
    assertEquals(await compareDatabase(database), { differences: [], notes: [] });
    assert(Object.values(WAYS).filter(({ only }) => (only ?? kind) === kind).length >= 20);
    for (const [name, way] of Object.entries(WAYS)) {
      if ((way.only ?? kind) !== kind) continue;
      await t.step(name, async () => {
        for (const statement of forKind(kind, way.change)) await database.run(statement);
        const { differences } = await compareDatabase(database);
        const named: readonly (readonly string[])[] = differences.map(({ kind, place }) => [
          kind,
          place,
        ]);
        const expected: typeof named = kind === "mysql" ? way.mysql ?? way.differs : way.differs;
        assertEquals(named, expected);
        const found = way.found && forKind(kind, way.found);
        if (found !== undefined) assertEquals(differences[0]?.found, found);
        await bringBack(way, { kind, database, url, differences });
        assertEquals((await compareDatabase(database)).differences, []);
      });
    }
  });

  Deno.test(`${kind}: the command says what differs, in words and in JSON, with status 6`, async () => {
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
    assertStringIncludes(text.out, "drop column");
    const { status, out } = await runDebr("drift", { url, args: ["--json"] });
    assertEquals(status, 6);
    const { differences: [difference] } = JSON.parse(out);
    assertEquals([difference.kind, difference.place], ["added_column", "users.nickname"]);
  });

  Deno.test(`${kind}: an empty database, a wrong password and no database say so`, async () => {
    const { url } = await newDatabase(kind);
    const empty = await runDebr("drift", { url });
    assertEquals(empty.status, 7);
    assertStringIncludes(empty.err, "deno task load");
    const wrong = await runDebr("drift", { url: url.replace(/:[^:@]+@/, ":pl4nted-wrong@") });
    assertEquals(wrong.status, 7);
    assertStringIncludes(wrong.err, "Check user and password");
  });

  Deno.test(`${kind}: who may not see everything is told what was not compared`, async () => {
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
  });
}
