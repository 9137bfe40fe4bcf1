/**
 * The nightly DAG in a real Airflow with processes, a real PostgreSQL, a real object store and a local
 * webhook: it succeeds, stops at a gate, recovers, and survives a killed task.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { startReceiver, TOKEN } from "../alert/receiver.ts";
import { filesUnder, Project } from "../project.ts";
import { Airflow, DEPLOY, installAirflow, type Ran, uv } from "./airflow.ts";
import { session } from "./load_support.ts";
import { BUCKET, SECRET, startS3, storesAvailable } from "./object_stores.ts";
import { available, PASSWORD, run, startPostgres } from "./servers.ts";

const READY = await available("postgresql") && await storesAvailable();

/** 2,000 people on ten pages; three pages a task give four tasks. */
const NIGHT = { DEBR_SOURCE: "synthetic", DEBR_RESULTS: "2000", DEBR_PAGES_PER_TASK: "3" };
const PARAMS = { page_size: 200 };

const GATE = "-- name: gate\n-- table: users\n-- description: Nobody passes\nselect * from users";

const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD), "pl4nted", TOKEN, "PLANTED", SECRET];

/** Parses messages with Slack's own library, which checks their limits. */
const PARSE = `
import json, sys
from slack_sdk.models.blocks import Block
for message in sys.argv[1:]:
    given = json.loads(message)["blocks"]
    blocks = Block.parse_all(given)
    assert [block.type for block in blocks] == [each["type"] for each in given]
    for block in blocks:
        block.validate_json()
`;

function assertRan({ status, printed }: Ran, expected: number): void {
  assertEquals(status, expected, printed.slice(-6000));
}

/** Asserts that no file under a folder and no output contains a secret. */
async function assertNoSecrets(folder: string, printed: readonly string[]): Promise<void> {
  const files = await filesUnder(folder);
  assert(files.size > 0);
  const texts = [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
  for (const [path, text] of [...texts, ...printed.map((text) => ["output", text])]) {
    for (const secret of SECRETS) assert(!text!.includes(secret), `${secret} in ${path}`);
  }
}

/** Finds processes by working directory and command line in a shell, since Deno may not read /proc. */
const FIND =
  `for at in /proc/[0-9]*; do [ "$(readlink $at/cwd)" = "$1" ] && tr '\\0' ' ' < $at/cmdline |
  grep -q -e "$2" && echo "\${at#/proc/}"; done 2> /dev/null | head -n 1`;

/** Finds the process in a folder whose command line contains these words. */
async function processOf(folder: string, words: string): Promise<number | undefined> {
  const found = await run("sh", ["-c", FIND, "sh", await Deno.realPath(folder), words]);
  return found === "" ? undefined : Number(found);
}

/** Kills the process of the second `land` task while it runs. */
async function kill(folder: string, isUnderWay: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 6000; attempt++) {
    const id = await processOf(folder, "main.ts land .*--pages 4-6 ");
    if (id !== undefined && isUnderWay()) return Deno.kill(id, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Cannot kill land of pages 4-6: it did not start");
}

/** Reads the rows of all tables of a dataset as text. */
async function rowsOf(project: Project, data: string): Promise<string[]> {
  const tables = ["users", "logins", "media", "timezones", "countries", "altids"];
  return await Promise.all(tables.map(async (table) => {
    const sql = `select * from ${table} order by all`;
    const { status, out, err } = await project.run([
      ...["query", "--data", data, "--format", "ndjson", sql],
    ]);
    assertEquals(status, 0, err);
    return out;
  }));
}

Deno.test("the DAGs pass ruff, mypy and pytest", async (t) => {
  await using airflow = await Airflow.start({});
  for (
    const [program, ...args] of [
      ["ruff", "check", "--no-cache"],
      ["ruff", "format", "--check", "--no-cache"],
      ["mypy", "--cache-dir=/dev/null"],
      ["pytest", "-q", "-p", "no:cacheprovider"],
    ] as const
  ) {
    await t.step(program, async () => {
      const { status, printed } = await airflow.run(program, args);
      assertEquals(status, 0, printed);
    });
  }
});

Deno.test("the installed packages have the pinned versions", async () => {
  const bin = await installAirflow();
  const frozen = await run(await uv(), ["pip", "freeze", "-q", "--python", `${bin}/python`]);
  const installed = new Set(frozen.split("\n"));
  const pins = (await Deno.readTextFile(`${DEPLOY}/requirements.txt`)).trim().split("\n");
  assert(pins.includes("apache-airflow==3.3.2"));
  assertEquals(pins.filter((pin) => !installed.has(pin)), []);
});

Deno.test({
  name: "the nightly DAG succeeds, stops at a gate, recovers, and notifies each change once",
  ignore: !READY,
  fn: async (t) => {
    await using project = await Project.copy({ sample: true });
    await using postgres = await startPostgres(["fsync=off"]);
    await using store = await startS3();
    await using slack = startReceiver();
    await using airflow = await Airflow.start({
      ...store.env,
      ...NIGHT,
      DEBR_HOME: project.path(),
      DEBR_DATABASE_URL: postgres.url("people"),
      DEBR_BACKUP_URL: `${store.url}/people`,
      DEBR_SLACK_WEBHOOK_URL: slack.url,
    });
    const printed: string[] = [];
    const night = async (day: string, params: Readonly<Record<string, unknown>> = {}) => {
      const ran = await airflow.testDag("debr_nightly", day, { ...PARAMS, ...params });
      printed.push(ran.printed);
      return ran;
    };
    /** Returns the number of tries of each mapped task in the newest run. */
    const tries = async (task: string) => {
      const newest = "(select run_id from dag_run order by id desc limit 1)";
      const found = await airflow.rows(
        `select try_number from task_instance where task_id = '${task}' and run_id = ${newest} order by map_index`,
      );
      return found.map(({ try_number }) => try_number);
    };
    const loaded = async () => {
      await using database = await session(postgres.url("people"));
      return Number((await database.rows("select count(*) from users"))[0]![0]);
    };

    await t.step(
      "a killed task is retried, and the run succeeds with all data",
      async () => {
        await using api = await startMockApi({ limit: 0 });
        const url = api.faulty("slow:ms=600000,pages=5,times=1");
        const killed = kill(project.path(), () => api.requests.some(({ page }) => page === 4));
        const ran = await night("2026-03-01", { source: "api", api: url });
        assertRan(ran, 0);
        await killed;
        assertStringIncludes(ran.printed, "land ended with status 137");
        assertEquals(await tries("land"), [1, 2, 1, 1]);
        const direct = await project.run([
          ...["extract", "--api", url, "--seed", "debr-20260301", "--results", "2000"],
          ...["--page-size", "200", "--out", "data/direct"],
        ]);
        assertEquals(direct.status, 0, direct.err);
        assertEquals(await rowsOf(project, "data"), await rowsOf(project, "data/direct"));
        assertEquals([await loaded(), slack.posted.length], [2000, 0]);
      },
    );

    await t.step("the run keeps the summary of each command, a backup and a report", async () => {
      const summaries = await airflow.rows(
        "select task_id, map_index, value from xcom where key = 'return_value' order by 1, 2",
      );
      const valuesOf = (task: string) =>
        summaries.filter(({ task_id }) => task_id === task).map(({ value }) =>
          JSON.parse(String(value))
        );
      const of = 10;
      assertEquals(valuesOf("land").map(({ pages }) => pages), [
        { from: 1, to: 3, of },
        { from: 4, to: 6, of },
        { from: 7, to: 9, of },
        { from: 10, to: 10, of },
      ]);
      assertEquals(valuesOf("extract")[0].people.added, 2000);
      assertEquals(valuesOf("load")[0].tables.users.inserted, 2000);
      assertEquals(valuesOf("check_tables")[0].status, 0);
      assert((await filesUnder(store.bucket)).size > 6, `Expected a backup in ${BUCKET}`);
      assert((await Deno.stat(project.path("data/report.html"))).isFile);
    });

    await t.step("a gate stops the run, loads nothing and notifies once", async () => {
      await Deno.mkdir(project.path("data/expectations"));
      await Deno.writeTextFile(project.path("data/expectations/gate.sql"), GATE);
      assertRan(await night("2026-03-02"), 1);
      assertEquals(await tries("check_tables"), [1]);
      assertEquals(await tries("load"), [0]);
      assertEquals([await loaded(), slack.posted.length], [2000, 1]);
      const { text, body } = slack.posted[0]!;
      assertMatch(text, /^debr_nightly: the tables failed a check\. /);
      assertStringIncludes(body, "<https://airflow.example/dags/debr_nightly/runs/");
      assertStringIncludes(body, "• gate");
      assertStringIncludes(body, "*counts failed*\\n1");
    });

    await t.step("the rerun succeeds and resolves the incident once", async () => {
      await Deno.remove(project.path("data/expectations"), { recursive: true });
      assertRan(await night("2026-03-02"), 0);
      assertEquals([await loaded(), slack.posted.length], [4000, 2]);
      assertMatch(slack.posted[1]!.text, /^debr_nightly: resolved\. It works again after/);
    });

    await t.step(
      "too many rejects stop the run, and `rejects` shows them",
      async () => {
        await using api = await startMockApi({ limit: 0 });
        const url = api.faulty("retyped:pages=2");
        assertRan(await night("2026-03-03", { source: "api", api: url }), 1);
        assertEquals([await tries("check_pages"), await tries("extract")], [[1], [1]]);
        assertMatch(slack.posted[2]!.text, /^debr_nightly: too many people failed a rule\. /);
        const { status, out, err } = await project.run(["rejects", "--failed"]);
        assertEquals(status, 0, err);
        assertMatch(out + err, /dob/);
        assertRan(await night("2026-03-03", { source: "api", api: url, max_rejects: "10%" }), 0);
        assertEquals([await loaded(), slack.posted.length], [5800, 4]);
      },
    );

    await t.step("backups of the dataset and the database are restored and verified", async () => {
      const ran = await airflow.testDag("debr_backup", "2026-03-02", {});
      printed.push(ran.printed);
      assertRan(ran, 0);
      assertEquals(slack.posted.length, 4);
    });

    await t.step("Slack's own library accepts the messages", async () => {
      const parse = async (messages: readonly string[]) => {
        const { status, printed } = await airflow.run("python", ["-c", PARSE, ...messages]);
        return { status, printed };
      };
      const accepted = await parse(slack.posted.map(({ body }) => body));
      assertEquals([accepted.status, accepted.printed], [0, ""]);
      const text = { type: "plain_text", text: "x".repeat(151) };
      const refused = await parse([JSON.stringify({ blocks: [{ type: "header", text }] })]);
      assertStringIncludes(refused.printed, "SlackObjectFormationError");
    });

    await t.step("no secret is in Airflow, in its output or in the dataset", async () => {
      await assertNoSecrets(airflow.home, printed);
      await assertNoSecrets(project.path("data"), slack.posted.map(({ body }) => body));
    });
  },
});
