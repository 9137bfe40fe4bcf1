/**
 * Pods as the fake kubelet reads and runs them.
 *
 * @module
 */
import type { Api, Resource } from "./api.ts";
import type { ContainerLog } from "./log.ts";

/** The fields of a pod that the tests read. */
export interface Pod extends Resource {
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly [Container, ...Container[]];
  };
}

interface SecretRef {
  readonly name: string;
  readonly optional?: boolean;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly { readonly secretRef?: SecretRef }[];
}

/** A started pod and its exit code. */
export interface Started {
  readonly pod: Pod;
  readonly log: ContainerLog;
  readonly child: Deno.ChildProcess;
  /** The environment variables of the pod. */
  readonly env: Readonly<Record<string, string>>;
  status?: number;
}

/** Returns the path of a pod on the API server. */
export function pathOf({ metadata: { namespace, name } }: Resource): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

/** Returns the environment that every local process needs. */
export function machine(): Record<string, string> {
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  return { PATH, HOME, NO_COLOR: "1", ...(DENO_DIR !== undefined && { DENO_DIR }) };
}

/** Sends a signal to all processes of a pod. */
export function killPod({ child }: Started, signal: Deno.Signal): void {
  Deno.kill(-child.pid, signal);
}

interface Secret {
  readonly data: Readonly<Record<string, string>>;
}

/** Returns the environment variables of a pod, including its secrets. */
export async function environmentOf(pod: Pod, api: Api): Promise<Record<string, string>> {
  const [{ env = [], envFrom = [] }] = pod.spec.containers;
  const found: Record<string, string> = {};
  for (const { secretRef } of envFrom) {
    if (secretRef === undefined) continue;
    const { name, optional = false } = secretRef;
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/secrets/${name}`;
    const { data } = await api.get<Secret>(path).catch((error) => {
      if (optional) return { data: {} };
      throw error;
    });
    for (const [name, value] of Object.entries(data)) {
      found[name] = new TextDecoder().decode(Uint8Array.fromBase64(value));
    }
  }
  for (const { name, value = "" } of env) found[name] = value;
  return found;
}
