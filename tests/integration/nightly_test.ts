/**
 * The script of `deploy/nightly` as cron, systemd and Airflow run it.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { writePeople } from "../load/database/datasets.ts";
import { temporary } from "../temporary.ts";
import {
  ALL_SECRETS,
  newPlace,
  PLACES,
  startStores,
  statesOf,
  stopStores,
} from "./backup_support.ts";
import { KINDS, newDatabase, runLoad, startServers, stopServers } from "./load_support.ts";
import { run } from "./servers.ts";
import { debianTools } from "./tools.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));
const NIGHTLY = `${ROOT}deploy/nightly`;

Deno.test.beforeAll(async () => {
  await startServers();
  await startStores();
});

Deno.test.afterAll(async () => {
  await stopStores();
  await stopServers();
});

async function nightly(env: Record<string, string>): Promise<{ status: number; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: [`${NIGHTLY}/backup.sh`],
    // The script works from any folder.
    cwd: "/",
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      HOME: Deno.env.get("HOME") ?? "",
      ...(Deno.env.has("DENO_DIR") ? { DENO_DIR: Deno.env.get("DENO_DIR")! } : {}),
      NO_COLOR: "1",
      ...env,
    },
    clearEnv: true,
  }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(ALL_SECRETS.filter((secret) => output.includes(secret)), []);
  return { status: code, err: output };
}

Deno.test({
  name: "shellcheck finds nothing in the script",
  ignore: !await debianTools({ shellcheck: "shellcheck" }),
  fn: async () => void await run("shellcheck", [`${NIGHTLY}/backup.sh`]),
});

Deno.test({
  name: "systemd accepts the units",
  ignore: !await debianTools({ "systemd-analyze": "systemd" }),
  fn: async () => {
    await using folder = await temporary();
    for (const kind of ["service", "timer"]) {
      const text = await Deno.readTextFile(`${NIGHTLY}/debr-backup@.${kind}`);
      const unit = `${folder.path}/debr-backup@dataset.${kind}`;
      await Deno.writeTextFile(unit, text.replaceAll("/opt/debr/", ROOT));
    }
    await run("systemd-analyze", ["verify", `${folder.path}/debr-backup@dataset.timer`]);
  },
});

Deno.test("the dataset is backed up and verified, and DEBR_KEEP removes old backups", async () => {
  const place = newPlace(PLACES.at(1) ?? "folder");
  const env = { ...place.env, DEBR_BACKUP_URL: place.url, DEBR_DATA: "data/sample" };
  const { status, err } = await nightly(env);
  assertEquals(status, 0, err);
  assertMatch(err, /Verified: .*-dataset-/);
  // Two backups of the same data in the same second become one.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assertEquals((await nightly(env)).status, 0);
  assertEquals(await statesOf(place), ["verified", "verified"]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assertEquals((await nightly({ ...env, DEBR_KEEP: "--keep-daily 1" })).status, 0);
  // The newest verified backup of the day is kept, and the new one, which is not verified yet.
  assertEquals(await statesOf(place), ["verified", "verified"]);
});

for (const kind of KINDS) {
  Deno.test(`${kind}: a database is backed up by a URL in a file or in the environment`, async () => {
    await using folder = await temporary();
    const place = newPlace("folder");
    const { url } = await newDatabase(kind);
    assertEquals((await runLoad(url, ["--data", "data/sample"])).status, 0);
    await Deno.writeTextFile(`${folder.path}/url`, url);
    for (
      const how of [{ DEBR_DATABASE_URL: url }, { DEBR_DATABASE_URL_FILE: `${folder.path}/url` }]
    ) {
      const { status, err } = await nightly({ ...how, DEBR_BACKUP_URL: place.url });
      assertEquals(status, 0, err);
      assertMatch(err, /Verified: .*\d/);
    }
    assertEquals(await statesOf(place), ["verified", "verified"]);
  });
}

Deno.test("a failure is reported once with cause and host, and another kind of backup does not resolve it", async () => {
  await using folder = await temporary();
  await writePeople(`${folder.path}/data`, { people: 50 });
  // An open incident of an earlier, stopped run would be reported as resolved.
  for (const kind of ["dataset", "database"]) {
    await Deno.remove(`${ROOT}data/alerts/nightly-backup-${kind}.json`).catch(() => undefined);
  }
  const messages: string[] = [];
  await using slack = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      messages.push(await request.text());
      return new Response("ok");
    },
  );
  const env = {
    DEBR_BACKUP_URL: `${folder.path}/backups`,
    DEBR_DATA: `${folder.path}/data`,
    DEBR_SLACK_WEBHOOK_URL: `http://127.0.0.1:${slack.addr.port}/services/T/B/x`,
  };
  const database = { ...env, DEBR_DATABASE_URL: "postgres://debr:x@127.0.0.1:1/people" };
  const part = `${folder.path}/data/tables/users/part-00001.parquet`;
  const bytes = await Deno.readFile(part);
  for (
    const { how, data, status, says } of [
      { how: env, status: 0 },
      {
        how: database,
        status: 7,
        says: ["nightly-backup-database: the backup cannot", "port 1"],
      },
      { how: env, status: 0 },
      {
        how: env,
        data: bytes.toReversed(),
        status: 7,
        says: ["nightly-backup-dataset: the backup cannot", "users/part-00001.parquet"],
      },
      { how: env, data: bytes.toReversed(), status: 7 },
      { how: database, data: bytes, status: 7 },
      { how: env, status: 0, says: ["nightly-backup-dataset: resolved"] },
    ]
  ) {
    if (data !== undefined) await Deno.writeFile(part, data);
    const ran = await nightly(how);
    assertEquals(ran.status, status, ran.err);
    const now = messages.splice(0);
    assertEquals(now.length, says === undefined ? 0 : 1, now.join());
    for (const words of [...says ?? [], ...says ? [Deno.hostname()] : []]) {
      assertStringIncludes(now.join(), words);
    }
  }
  assertEquals((await nightly({ ...env, DEBR_BACKUP_URL: "" })).status, 2);
  const noDeno = await nightly({ ...env, PATH: "/usr/bin:/bin" });
  assertEquals(noDeno.status, 127);
  assertStringIncludes(noDeno.err, "there is no deno in /usr/bin:/bin");
});
