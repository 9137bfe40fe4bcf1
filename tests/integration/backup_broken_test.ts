/**
 * Damaged backups in real stores: `restore --verify` finds every kind of damage.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { BREAKS, BREAKS_OF_MANY, objectsOf } from "../backup/breaks.ts";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import {
  done,
  newPlace,
  PLACES,
  run,
  startStores,
  statesOf,
  stopStores,
  type TestPlace,
} from "./backup_support.ts";
import { KINDS, newDatabase, runLoad, session, startServers, stopServers } from "./load_support.ts";

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
});

/** A source that is backed up twice, the second time with different content. */
interface Subject {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly change: () => Promise<void>;
}

/** Damages a backup in every way and asserts that `restore --verify` reports it with exit code 7. */
async function breakAll(
  place: TestPlace,
  { subject, breaks }: { readonly subject: Subject; readonly breaks: typeof BREAKS },
): Promise<void> {
  const env = { ...place.env, ...subject.env };
  const to = ["backup", ...subject.args, "--to", place.url];
  const { id: other } = await done(to, { env });
  await subject.change();
  const { id } = await done(to, { env });
  const args = subject.args.includes("env") ? ["--database", "env"] : [];
  const folder = `${place.folder}/${id}`;
  const objects = await objectsOf(folder);
  const aside = `${place.folder}-aside`;
  const copy = (from: string, into: string) =>
    new Deno.Command("cp", { args: ["-a", from, into] }).output();
  await copy(folder, aside);
  for (const [how, { breaking, says }] of Object.entries(breaks)) {
    await breaking({ folder, other: `${place.folder}/${other}`, objects });
    const verify = ["restore", "--verify", "--from", `${place.url}/${id}`, ...args];
    const { status, err } = await run(verify, { env });
    assertMatch(err, says, how);
    assertEquals(status, 7, how);
    await Deno.remove(folder, { recursive: true });
    await copy(aside, folder);
  }
  assertEquals((await statesOf(place)).at(-1), "complete");
  await Deno.remove(aside, { recursive: true });
}

for (const place of PLACES.filter((kind) => kind !== "folder")) {
  Deno.test(`every kind of damage to a dataset in ${place} is found`, async () => {
    await using folder = await temporary();
    const data = `${folder.path}/data`;
    await writePeople(data, { people: 50 });
    const change = () => writePeople(data, { people: 60, seed: "other" });
    const subject = { args: ["--data", data], env: {}, change };
    await breakAll(newPlace(place), { subject, breaks: { ...BREAKS, ...BREAKS_OF_MANY } });
  });
}

/** Damage that is only visible in a restored database, and damaged bytes, which are never restored. */
const OF_DUMPS = Object.fromEntries(
  [
    "a truncated object",
    "a flipped bit in the middle",
    "a flipped bit in the last byte",
    "a missing object",
    "a wrong count of rows, with a recomputed hash",
    "other content of a table, with a recomputed hash",
    "one table missing, with a recomputed hash",
    "an object of another backup",
  ].map((how) => [how, BREAKS[how]!]),
);

for (const kind of KINDS) {
  const place = PLACES.at(kind === "postgres" ? 1 : -1) ?? "folder";
  Deno.test(`every kind of damage to a dump of ${kind} in ${place} is found, and no database is left`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", "data/sample"])).status, 0);
    await using database = await session(url);
    const env = { DEBR_DATABASE_URL: url };
    const change = async () => void await database.run("update users set city = 'Elsewhere'");
    const subject = { args: ["--database", "env"], env, change };
    await breakAll(newPlace(place), { subject, breaks: OF_DUMPS });
    const left = kind === "postgres"
      ? "select datname from pg_database where datname like 'debr_verify%'"
      : "select schema_name from information_schema.schemata where schema_name like 'debr_verify%'";
    assertEquals(await database.rows(left), []);
  });
}

for (const kind of KINDS) {
  Deno.test(`${kind}: a damaged dump leaves an empty database empty`, async () => {
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", "data/sample"])).status, 0);
    const place = newPlace("folder");
    const env = { DEBR_DATABASE_URL: url };
    const { id } = await done(["backup", "--database", "env", "--to", place.url], { env });
    const folder = `${place.folder}/${id}`;
    const broken = { folder, other: folder, objects: await objectsOf(folder) };
    await BREAKS["a flipped bit in the last byte"]!.breaking(broken);
    const { url: empty } = await newDatabase(kind);
    const args = ["restore", "--from", `${place.url}/${id}`, "--database", "env"];
    assertEquals((await run(args, { env: { DEBR_DATABASE_URL: empty } })).status, 7);
    await using database = await session(empty);
    const tables = `select table_name from information_schema.tables where table_schema = '${
      kind === "postgres" ? "public" : database.schema
    }'`;
    assertEquals(await database.rows(tables), []);
  });
}
