/**
 * Shared setup of the cluster tests: image, service account and manifests.
 *
 * @module
 */
import { Airflow } from "../integration/airflow.ts";
import { ROOT } from "../layers.ts";
import { Cluster } from "./cluster.ts";
import type { Started } from "./pod.ts";

/** The service account of Airflow. */
export const ACCOUNT = { namespace: "debr", name: "airflow" };

/** The image of the DAGs. */
export const IMAGE = "debr:tested";

/** Returns the arguments of a container. */
export function argsOf({ pod }: Started): readonly string[] {
  return pod.spec.containers[0].args ?? [];
}

/** Starts a cluster and creates what its controllers and its administrator would create. */
export async function startCluster(
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<Cluster> {
  const cluster = await Cluster.start();
  await cluster.kubectl(["apply", "--validate=strict", "-f", `${ROOT}deploy/kubernetes/debr.yaml`]);
  const namespace = `/api/v1/namespaces/${ACCOUNT.namespace}`;
  await cluster.api.post(`${namespace}/serviceaccounts`, { metadata: { name: "default" } });
  for (const [name, stringData] of Object.entries(secrets)) {
    await cluster.api.post(`${namespace}/secrets`, { metadata: { name }, stringData });
  }
  return cluster;
}

/** Starts an Airflow that runs commands as pods of the cluster. */
export async function startAirflow(
  cluster: Cluster,
  env: Readonly<Record<string, string>> = {},
): Promise<Airflow> {
  return await Airflow.start({
    DEBR_RUNNER: "kubernetes",
    DEBR_IMAGE: IMAGE,
    KUBECONFIG: await cluster.kubeconfig(ACCOUNT),
    ...env,
  });
}
