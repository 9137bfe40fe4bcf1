/**
 * Pods, as the stand-in kubelet reads and runs them.
 *
 * @module
 */
import type { Api, Resource } from "./api.ts";
import type { ContainerLog } from "./log.ts";

/** A pod, as far as it is read here. */
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

/** A pod that was started, and what it ended with. */
export interface Started {
  readonly pod: Pod;
  readonly log: ContainerLog;
  readonly child: Deno.ChildProcess;
  /** The environment that the pod adds. */
  readonly env: Readonly<Record<string, string>>;
  status?: number;
}

/** Where the API server has a pod. */
export function pathOf({ metadata: { namespace, name } }: Resource): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

/** What every process of this machine needs, whatever the image. */
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

/** The environment that a pod adds: what it says, and its secrets. */
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
