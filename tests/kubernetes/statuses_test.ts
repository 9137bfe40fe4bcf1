import { pathOfUrl } from "../../etl/common/path.ts";
import { assertEquals } from "@std/assert";
import { DEPLOY } from "../integration/airflow.ts";
import { Kubelet } from "./kubelet.ts";
import { argsOf, IMAGE, startAirflow, startCluster } from "./setup.ts";

Deno.test("exit codes 1, 3, 4 and 7 are retried, exit codes 2, 5 and 6 are not", async () => {
  await using cluster = await startCluster();
  await using kubelet = await Kubelet.start(cluster.api, {
    images: { [IMAGE]: { command: ["sh", "-c", "exit $0"], folder: "/" } },
    ...await cluster.certificate(),
  });
  await using airflow = await startAirflow(cluster, {
    AIRFLOW__CORE__DAGS_FOLDER: pathOfUrl(new URL("dags", import.meta.url)),
    DEBR_DAGS: `${DEPLOY}/dags`,
  });
  const { printed } = await airflow.testDag("statuses", "2026-03-01", {});
  const times = Map.groupBy(kubelet.started, (started) => Number(argsOf(started)[0]));
  assertEquals(
    Object.fromEntries([...times].map(([status, all]) => [status, all.length])),
    { 0: 1, 1: 3, 2: 1, 3: 3, 4: 3, 5: 1, 6: 1, 7: 3 },
    printed.slice(-3000),
  );
  for (const started of kubelet.started) {
    assertEquals(String(started.status), argsOf(started)[0]);
  }
});
