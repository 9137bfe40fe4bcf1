/**
 * A fake scheduler and kubelet: binds every pod to its only node, runs the command of the pod's first
 * container as a local process, reports its state, and serves its log. It has no images, limits,
 * volumes or users: an image is a command and a folder, and volumes are subfolders of it. It passes
 * secrets to the environment like a real kubelet.
 *
 * @module
 */
import { type Api, linesOf } from "./api.ts";
import { ContainerLog } from "./log.ts";
import { environmentOf, killPod, machine, pathOf, type Pod, type Started } from "./pod.ts";

/** The command and the folder of a fake image. */
export interface ImageCommand {
  /** The entry point, without the arguments of the container. */
  readonly command: readonly string[];
  readonly folder: string;
}

const NODE = "fake-node";

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** The fake kubelet. */
export class Kubelet implements AsyncDisposable {
  /** The started pods, in order. */
  readonly started: Started[] = [];
  /** Called when a pod runs. */
  onStart: (started: Started) => void = () => {};
  readonly #api: Api;
  readonly #images: Readonly<Record<string, ImageCommand>>;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #stop = new AbortController();
  readonly #seen = new Set<string>();
  readonly #work = new Set<Promise<void>>();
  #watching: Promise<void> = Promise.resolve();

  private constructor(
    api: Api,
    { images, cert, key }: {
      readonly images: Readonly<Record<string, ImageCommand>>;
      readonly cert: string;
      readonly key: string;
    },
  ) {
    this.#api = api;
    this.#images = images;
    const { signal } = this.#stop;
    const where = { hostname: "127.0.0.1", port: 0, cert, key, signal, onListen: () => {} };
    this.#server = Deno.serve(where, (request) => this.#serve(new URL(request.url)));
  }

  /** Registers the node and runs every pod. */
  static async start(
    api: Api,
    options: {
      readonly images: Readonly<Record<string, ImageCommand>>;
      readonly cert: string;
      readonly key: string;
    },
  ): Promise<Kubelet> {
    const kubelet = new Kubelet(api, options);
    await api.post("/api/v1/nodes", { metadata: { name: NODE } });
    await api.patch(`/api/v1/nodes/${NODE}/status`, {
      status: {
        addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
        daemonEndpoints: { kubeletEndpoint: { Port: kubelet.#server.addr.port } },
        conditions: [{ type: "Ready", status: "True", reason: "StandIn", message: "" }],
      },
    });
    kubelet.#watching = kubelet.#watch();
    return kubelet;
  }

  async #watch(): Promise<void> {
    for await (const { type, object } of this.#api.watch<Pod>("/api/v1/pods", this.#stop.signal)) {
      if (type !== "ADDED" && type !== "MODIFIED") continue;
      const work = this.#see(object).finally(() => this.#work.delete(work));
      this.#work.add(work);
    }
  }

  /** Binds, runs or deletes a pod, each of them once. */
  async #see(pod: Pod): Promise<void> {
    const { metadata: { uid, deletionTimestamp }, spec: { nodeName } } = pod;
    const step = deletionTimestamp ? "delete" : nodeName === undefined ? "bind" : "run";
    if (this.#seen.has(`${uid} ${step}`)) return;
    this.#seen.add(`${uid} ${step}`);
    if (step === "delete") await this.#delete(pod);
    else if (step === "bind") await this.#bind(pod);
    else await this.#run(pod);
  }

  async #bind(pod: Pod): Promise<void> {
    await this.#api.post(`${pathOf(pod)}/binding`, {
      metadata: { name: pod.metadata.name },
      target: { apiVersion: "v1", kind: "Node", name: NODE },
    });
  }

  async #report(pod: Pod, phase: string, state: Readonly<Record<string, unknown>>): Promise<void> {
    const [{ name, image }] = pod.spec.containers;
    const ready = phase === "Running";
    const container = { name, image, imageID: image, ready, restartCount: 0, state };
    await this.#api.patch(`${pathOf(pod)}/status`, {
      status: { phase, startTime: now(), containerStatuses: [container] },
    });
  }

  async #run(pod: Pod): Promise<void> {
    const [{ image, args = [] }] = pod.spec.containers;
    const known = this.#images[image];
    if (known === undefined) {
      const waiting = { reason: "ErrImagePull", message: `there is no image ${image}` };
      return await this.#report(pod, "Pending", { waiting });
    }
    const env = await environmentOf(pod, this.#api);
    const [program = "", ...first] = known.command;
    const child = new Deno.Command(program, {
      args: [...first, ...args],
      cwd: known.folder,
      clearEnv: true,
      env: { ...machine(), ...env },
      // A separate process group, so that all processes of a pod can be killed.
      detached: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const started: Started = { pod, log: new ContainerLog(), child, env };
    this.started.push(started);
    const startedAt = now();
    const read = [child.stdout, child.stderr].map(async (stream) => {
      for await (const line of linesOf(stream)) started.log.add(line);
    });
    await this.#report(pod, "Running", { running: { startedAt } });
    this.onStart(started);
    const { code } = await child.status;
    await Promise.all(read);
    started.log.end();
    started.status = code;
    // A pod that was deleted while it ran has no status to report.
    if (this.#seen.has(`${pod.metadata.uid} delete`)) return;
    const reason = code === 0 ? "Completed" : "Error";
    const terminated = { exitCode: code, reason, startedAt, finishedAt: now() };
    await this.#report(pod, code === 0 ? "Succeeded" : "Failed", { terminated });
  }

  async #delete(pod: Pod): Promise<void> {
    const started = this.started.find((one) => one.pod.metadata.uid === pod.metadata.uid);
    if (started !== undefined && started.status === undefined) {
      killPod(started, "SIGTERM");
      await started.child.status;
    }
    await this.#api.deleteNow(pathOf(pod));
  }

  /** Serves `/containerLogs/NAMESPACE/POD/CONTAINER`, the only supported request of the API server. */
  #serve({ pathname, searchParams }: URL): Response {
    const [, kind, namespace, name] = pathname.split("/");
    const started = this.started.findLast(({ pod: { metadata } }) =>
      metadata.namespace === namespace && metadata.name === name
    );
    if (kind === "containerLogs" && started !== undefined) return started.log.answer(searchParams);
    return new Response(`there is nothing at ${pathname}`, { status: 404 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const started of this.started) {
      if (started.status === undefined) killPod(started, "SIGKILL");
    }
    await this.#watching;
    await Promise.allSettled(this.#work);
    await this.#server.finished;
  }
}
