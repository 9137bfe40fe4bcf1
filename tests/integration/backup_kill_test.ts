/**
 * Killed, resumed and concurrent backups.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { backup } from "../../etl/backup/backup.ts";
import { datasetSource } from "../../etl/backup/dataset.ts";
import { isId, parsePlace } from "../../etl/backup/place.ts";
import { ABANDONED_AFTER } from "../../etl/backup/retention.ts";
import { openStore } from "../../etl/backup/mod.ts";
import type { Store } from "../../etl/backup/store.ts";
import { writePeople } from "../load/database/datasets.ts";
import {
  done,
  filesBelow,
  newPlace,
  type PlaceKind,
  PLACES,
  start,
  startStores,
  statesOf,
  stopStores,
  type TestPlace,
  untilSent,
} from "./backup_support.ts";
import { startProxy } from "./proxy.ts";
import { KINDS, newDatabase, session, startServers, stopServers } from "./load_support.ts";
import { killIfRunning } from "../kill.ts";

let data = "";
let noise = "";

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
  data = await Deno.makeTempDir({ prefix: "debr-backup-kill-" });
  await writePeople(data, { people: 3000 });
  if (!KINDS.includes("postgres")) return;
  noise = (await newDatabase("postgres")).url;
  await using database = await session(noise);
  await database.run(
    "create table noise as select n, sha512(random()::text::bytea) as bytes " +
      "from generate_series(1, 300000) as n",
  );
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
  await Deno.remove(data, { recursive: true });
});

/** Opens a place in this process and restores the environment afterwards. */
async function openWith({ url, env }: TestPlace): Promise<Store> {
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  try {
    const store = await openStore(parsePlace(url).place);
    // The library reads the credentials at the first request.
    await Array.fromAsync(store.list(""));
    return store;
  } finally {
    for (const name of Object.keys(env)) Deno.env.delete(name);
  }
}

/** Whether a place has a manifest of a backup. */
async function hasManifest({ folder }: TestPlace): Promise<boolean> {
  const isManifest = (path: string) => isId(path.split("/").at(-2) ?? "");
  return (await filesBelow(folder)).some((path) =>
    path.endsWith("/manifest.json") && isManifest(path)
  );
}

/** Kills a backup while it runs; tries again in another place if it ended too early. */
async function killed(
  kind: PlaceKind,
  { args, env, killPoint }: {
    readonly args: readonly string[];
    readonly env?: Record<string, string>;
    /** Resolves when the backup is to be killed. */
    readonly killPoint: (place: TestPlace, attempt: number) => Promise<void>;
  },
): Promise<{ place: TestPlace; all: Record<string, string> }> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const place = newPlace(kind);
    const all = { ...place.env, ...env };
    const child = start(["backup", ...args, "--to", place.url], { env: all });
    await killPoint(place, attempt);
    killIfRunning(child);
    await child.output();
    if (!await hasManifest(place)) return { place, all };
  }
  throw new Error("Cannot kill a backup: it ended too early");
}

for (const kind of PLACES) {
  Deno.test(`${kind}: a killed backup of the dataset is not listed, and the next one resumes it`, async () => {
    const args = ["--data", data];
    const killPoint = ({ folder }: TestPlace) => untilSent(folder, 2);
    const { place, all: env } = await killed(kind, { args, killPoint });
    assertEquals(await statesOf(place), ["unfinished"]);
    const { found, objects } = await done(["backup", ...args, "--to", place.url], { env });
    assert(found >= 2 && found <= objects.length, String(found));
    assertEquals(await statesOf(place), ["complete"]);
    await done(["restore", "--verify", "--from", place.url], { env });
  });

  Deno.test({
    name: `${kind}: a killed dump is not listed, and the next one starts over`,
    ignore: !KINDS.includes("postgres"),
    fn: async () => {
      const args = ["--database", "env"];
      // A store lists an object only when it is complete.
      const killPoint = (_: TestPlace, attempt: number) =>
        new Promise<void>((resolve) => setTimeout(resolve, 1500 * 0.8 ** attempt));
      const { place, all: env } = await killed(kind, {
        args,
        env: { DEBR_DATABASE_URL: noise },
        killPoint,
      });
      const made = await done(["backup", ...args, "--to", place.url], { env });
      assertEquals((await statesOf(place)).at(-1), "complete");
      const verify = ["restore", "--verify", "--from", place.url, ...args];
      assertEquals((await done(verify, { env })).id, made.id);
    },
  });

  Deno.test(`${kind}: concurrent backups are all good`, async () => {
    const place = newPlace(kind);
    const { url, env } = place;
    const args = ["backup", "--data", data, "--to", url];
    const made = await Promise.all([1, 2, 3].map(() => done(args, { env })));
    const states = await statesOf(place);
    assertEquals(new Set(states), new Set(["complete"]));
    assertEquals(new Set(made.map(({ id }) => id)).size, states.length);
    for (const id of new Set(made.map(({ id }) => id))) {
      await done(["restore", "--verify", "--from", `${url}/${id}`], { env });
    }
  });
}

Deno.test({
  name: "s3: the unfinished upload of a killed dump is found and later removed",
  ignore: !PLACES.includes("s3") || !KINDS.includes("postgres"),
  fn: async () => {
    const place = newPlace("s3");
    const port = Number(new URL(place.env["AWS_ENDPOINT_URL_S3"]!).port);
    let sent = 0;
    let resolve = () => {};
    const enough = new Promise<void>((done) => resolve = done);
    await using proxy = startProxy(port, {
      onSent: ({ length }) => (sent += length) > 12e6 && resolve(),
    });
    const args = ["backup", "--database", "env", "--to", place.url];
    const env = { ...place.env, DEBR_DATABASE_URL: noise };
    const slowed = { ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` };
    const child = start(args, { env: slowed });
    const ended = child.output();
    await Promise.race([enough, ended]);
    killIfRunning(child);
    await ended;
    assertEquals(await statesOf(place), ["unfinished"]);
    const store = await openWith(place);
    const source = await datasetSource(data);
    const keep = { daily: 1, weekly: 0, monthly: 0 };
    const backUp = (now: number) =>
      backup(store, source, { now: () => now, signal: new AbortController().signal, keep });
    assertEquals((await backUp(Date.now())).removed, []);
    assertEquals((await backUp(Date.now() + ABANDONED_AFTER + 60_000)).removed.length, 2);
    assertEquals(await statesOf(place), ["complete"]);
  },
});
