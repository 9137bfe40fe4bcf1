/**
 * The deployed DAG in pods: a real Airflow uses a real API server, and a fake kubelet runs the commands
 * of the pods. docs/operations.md lists what that does not prove.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { session } from "../integration/load_support.ts";
import { SECRET, startS3, storesAvailable } from "../integration/object_stores.ts";
import { available, PASSWORD, startPostgres } from "../integration/servers.ts";
import { startReceiver, TOKEN } from "../alert/receiver.ts";
import { filesUnder, Project } from "../project.ts";
import type { Cluster } from "./cluster.ts";
import { Kubelet } from "./kubelet.ts";
import { killPod } from "./pod.ts";
import { ACCOUNT, argsOf, IMAGE, startAirflow, startCluster } from "./setup.ts";

const READY = await available("postgresql") && await storesAvailable();

/** 2,000 people on ten pages; three pages a task give four tasks. */
const PARAMS = { source: "synthetic", results: 2000, page_size: 200, pages_per_task: 3 };

const GATE = "-- name: gate\n-- table: users\n-- description: Nobody passes\nselect * from users";

const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD), TOKEN, SECRET];

async function assertRights(cluster: Cluster): Promise<void> {
  const may = async (...words: readonly string[]) => {
    const who = `--as=system:serviceaccount:${ACCOUNT.namespace}:${ACCOUNT.name}`;
    const args = ["auth", "can-i", ...words, "-n", ACCOUNT.namespace, who];
    return await cluster.kubectl(args).then(() => true, () => false);
  };
  assert(await may("create", "pods"));
  assert(await may("get", "pods", "--subresource=log"));
  assert(!await may("get", "secrets"));
  assert(!await may("create", "pods", "--subresource=exec"));
}

/** Asserts that the cluster refuses a pod with more rights than it needs. */
async function assertRestricted({ api }: Cluster): Promise<void> {
  const pod = {
    metadata: { name: "root" },
    spec: { containers: [{ name: "base", image: IMAGE }] },
  };
  const refused = await api.post(`/api/v1/namespaces/${ACCOUNT.namespace}/pods`, pod)
    .then(() => "", (error) => error.message);
  assertStringIncludes(refused, "violates PodSecurity");
}

function assertNoSecrets(texts: readonly (readonly [string, string])[]): void {
  assert(texts.length > 0);
  for (const [where, text] of texts) {
    for (const secret of SECRETS) assert(!text.includes(secret), `${secret} in ${where}`);
  }
}

Deno.test({
  name: "the nightly DAG succeeds in pods, stops at a gate, and retries a killed pod",
  ignore: !READY,
  fn: async (t) => {
    await using project = await Project.copy({ sample: true });
    await using postgres = await startPostgres(["fsync=off"]);
    await using store = await startS3();
    await using slack = startReceiver();
    await using cluster = await startCluster({
      "debr-database": { DEBR_DATABASE_URL: postgres.url("people") },
      "debr-backup": { DEBR_BACKUP_URL: `${store.url}/people`, ...store.env },
      "debr-slack": { DEBR_SLACK_WEBHOOK_URL: slack.url },
    });
    await using kubelet = await Kubelet.start(cluster.api, {
      images: { [IMAGE]: { command: ["deno", "task", "-q"], folder: project.path() } },
      ...await cluster.certificate(),
    });
    await using airflow = await startAirflow(cluster);
    const printed: string[] = [];
    /** Runs the DAG and returns the pods that it started, in order. */
    const night = async (day: string, expected: number) => {
      const before = kubelet.started.length;
      const ran = await airflow.testDag("debr_nightly", day, PARAMS);
      printed.push(ran.printed);
      assertEquals(ran.status, expected, ran.printed.slice(-6000));
      return kubelet.started.slice(before);
    };
    const loaded = async () => {
      await using database = await session(postgres.url("people"));
      return Number((await database.rows("select count(*) from users"))[0]![0]);
    };

    await t.step(
      "Airflow may only run pods and read their logs",
      () => assertRights(cluster),
    );
    await t.step("the cluster refuses privileged pods", () => assertRestricted(cluster));

    await t.step(
      "a successful run has mapped pods with logs, summaries and only their own secrets",
      async () => {
        const pods = await night("2026-03-01", 0);
        const steps = pods.map((pod) => argsOf(pod)[0]);
        assertEquals(steps.slice(0, 6), ["land", "land", "land", "land", "check", "extract"]);
        assertEquals(pods.map(({ status }) => status), pods.map(() => 0));
        const landed = pods.slice(0, 4).map((pod) =>
          argsOf(pod)[argsOf(pod).indexOf("--pages") + 1]
        );
        assertEquals(landed.toSorted(), ["1-3", "10-10", "4-6", "7-9"]);
        assertEquals(await loaded(), 2000);
        const { env } = pods.find((pod) => argsOf(pod)[0] === "load")!;
        assertEquals(Object.keys(env), ["DEBR_DATABASE_URL"]);
        assertEquals(pods[0]!.env, {});
        const [summary] = await airflow.rows(
          "select value from xcom where task_id = 'extract' and key = 'return_value'",
        );
        assertEquals(JSON.parse(String(summary!["value"])).tables.users.rows, 2000);
        assertMatch(printed[0]!, /\[base\].*2,000 people/);
        const { items } = await cluster.api.get<{ items: unknown[] }>("/api/v1/pods");
        assertEquals(items, []);
      },
    );

    await t.step("a gate stops the run without a retry, and a pod notifies Slack", async () => {
      await Deno.mkdir(project.path("data/expectations"));
      await Deno.writeTextFile(project.path("data/expectations/gate.sql"), GATE);
      const pods = await night("2026-03-02", 1);
      assertEquals(pods.filter(({ status }) => status === 5).length, 1);
      assertEquals(pods.filter((pod) => argsOf(pod)[0] === "load"), []);
      assertEquals(argsOf(pods.at(-1)!)[0], "notify");
      assertEquals(await loaded(), 2000);
      assertEquals(slack.posted.length, 1);
      assertMatch(slack.posted[0]!.text, /^debr_nightly: the tables failed a check\. /);
      await Deno.remove(project.path("data/expectations"), { recursive: true });
    });

    await t.step("a killed pod is retried, and no people are missing", async () => {
      kubelet.onStart = (started) => {
        if (argsOf(started)[0] !== "extract") return;
        killPod(started, "SIGKILL");
        kubelet.onStart = () => {};
      };
      const pods = await night("2026-03-02", 0);
      const extracts = pods.filter((pod) => argsOf(pod)[0] === "extract");
      assertEquals(extracts.map(({ status }) => status), [137, 0]);
      assertEquals(await loaded(), 4000);
      assertMatch(slack.posted.at(-1)!.text, /^debr_nightly: resolved\./);
    });

    await t.step("no secret is in a pod, in Airflow or in its output", async () => {
      const decoder = new TextDecoder();
      const files = [...await filesUnder(airflow.home)];
      assertNoSecrets([
        ...files.map(([path, bytes]) => [path, decoder.decode(bytes)] as const),
        ...printed.map((text) => ["output", text] as const),
        ...kubelet.started.map(({ pod }) => [pod.metadata.name, JSON.stringify(pod)] as const),
      ]);
    });
  },
});
