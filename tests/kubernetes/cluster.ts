/**
 * A Kubernetes control plane without nodes: a real etcd and API server, built from their Go modules,
 * on loopback. No controllers run, so the tests create the service account of a namespace.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { freePort, makeCertificates, run } from "../integration/servers.ts";
import { goCompiler, once } from "../integration/tools.ts";
import { Api } from "./api.ts";

const HERE = pathOfUrl(new URL(".", import.meta.url));
const BIN = pathOfUrl(new URL("../../data/tools/kubernetes", import.meta.url));

const PROGRAMS = {
  etcd: "go.etcd.io/etcd/server/v3",
  "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
  kubectl: "k8s.io/kubernetes/cmd/kubectl",
} as const;

/** Builds missing programs at the versions of go.mod, which takes about ten minutes. */
async function build(): Promise<void> {
  for (const [name, path] of Object.entries(PROGRAMS)) {
    await once(`${BIN}/${name}`, async () => {
      const args = ["build", "-ldflags=-s -w", "-o", `${BIN}/${name}`, path];
      await run(await goCompiler(), args, { cwd: HERE, env: { CGO_ENABLED: "0" } });
    });
  }
}

/** Runs a server with its output in a file until stdin ends, which also happens if the test is killed. */
const SERVE = 'trap "" TERM INT; log=$1; shift; "$@" > "$log" 2>&1 & read -r _; kill -9 $!; wait';

/** The administrator in the server's token file. */
const ADMIN = { token: "admin-of-a-test", name: "admin", group: "system:masters" };

/** Returns the arguments of the API server; the address of the node is always 127.0.0.1. */
function serverArguments(folder: string, etcd: number, port: number): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    ...["--bind-address=127.0.0.1", `--secure-port=${port}`, `--cert-dir=${folder}`],
    ...[`--tls-cert-file=${folder}/cert.pem`, `--tls-private-key-file=${folder}/key.pem`],
    ...["--authorization-mode=RBAC", `--token-auth-file=${folder}/tokens.csv`],
    ...["--service-account-issuer=https://localhost", "--service-cluster-ip-range=10.0.0.0/24"],
    ...[`--service-account-key-file=${folder}/key.pem`],
    ...[`--service-account-signing-key-file=${folder}/key.pem`],
    ...["--endpoint-reconciler-type=none", "--kubelet-preferred-address-types=InternalIP"],
  ];
}

/** Makes a kubeconfig with a token. */
function kubeconfig(url: string, folder: string, token: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{
      name: "here",
      cluster: { server: url, "certificate-authority": `${folder}/ca.pem` },
    }],
    users: [{ name: "me", user: { token } }],
    contexts: [{ name: "here", context: { cluster: "here", user: "me" } }],
    "current-context": "here",
  });
}

/** A running cluster; disposing it stops the servers. */
export class Cluster implements AsyncDisposable {
  readonly api: Api;
  readonly #url: string;
  readonly #folder: string;
  readonly #children: Deno.ChildProcess[] = [];

  private constructor(url: string, folder: string, ca: string) {
    this.#url = url;
    this.#folder = folder;
    this.api = new Api(url, { token: ADMIN.token, ca });
  }

  /** Builds missing programs and starts them. */
  static async start(): Promise<Cluster> {
    await build();
    const folder = await Deno.makeTempDir({ prefix: "debr-kubernetes-" });
    await makeCertificates(folder);
    const { token, name, group } = ADMIN;
    await Deno.writeTextFile(`${folder}/tokens.csv`, `${token},${name},${name},"${group}"\n`);
    const [client, peer, port] = [freePort(), freePort(), freePort()];
    const ca = await Deno.readTextFile(`${folder}/ca.pem`);
    const cluster = new Cluster(`https://localhost:${port}`, folder, ca);
    const here = (port: number) => `http://127.0.0.1:${port}`;
    cluster.#spawn("etcd", [
      ...["--data-dir", `${folder}/etcd`, "--unsafe-no-fsync", "--log-level", "error"],
      ...["--listen-client-urls", here(client), "--advertise-client-urls", here(client)],
      ...["--listen-peer-urls", here(peer), "--initial-advertise-peer-urls", here(peer)],
      ...["--initial-cluster", `default=${here(peer)}`],
    ]);
    cluster.#spawn("kube-apiserver", serverArguments(folder, client, port));
    await cluster.#untilReady().catch(async (error) => {
      await cluster[Symbol.asyncDispose]();
      throw error;
    });
    return cluster;
  }

  #spawn(name: keyof typeof PROGRAMS, args: readonly string[]): void {
    const log = `${this.#folder}/${name}.log`;
    const child = new Deno.Command("sh", {
      args: ["-c", SERVE, "sh", log, `${BIN}/${name}`, ...args],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.#children.push(child);
  }

  async #untilReady(): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      if (await this.api.isReady()) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const log = await Deno.readTextFile(`${this.#folder}/kube-apiserver.log`);
    throw new Error(`Cannot start the API server: ${log.slice(-3000)}`);
  }

  /** Writes a kubeconfig for the administrator or a service account and returns its path. */
  async kubeconfig(account?: { readonly namespace: string; readonly name: string }) {
    const token = account === undefined ? ADMIN.token : await this.#tokenOf(account);
    const path = `${this.#folder}/${account?.name ?? ADMIN.name}.kubeconfig`;
    await Deno.writeTextFile(path, kubeconfig(this.#url, this.#folder, token), { mode: 0o600 });
    return path;
  }

  /** Returns a certificate for servers of the cluster, as PEM. */
  async certificate(): Promise<{ readonly cert: string; readonly key: string }> {
    const [cert, key] = await Promise.all(
      ["cert.pem", "key.pem"].map((name) => Deno.readTextFile(`${this.#folder}/${name}`)),
    );
    return { cert: cert!, key: key! };
  }

  async #tokenOf({ namespace, name }: { readonly namespace: string; readonly name: string }) {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const { status } = await this.api.post(path, request) as { status: { token: string } };
    return status.token;
  }

  /** Runs a shell command in which kubectl acts as the administrator. */
  async shell(line: string, folder: string, args: readonly string[] = []): Promise<string> {
    const env = { KUBECONFIG: await this.kubeconfig(), HOME: this.#folder };
    const path = `${BIN}:${Deno.env.get("PATH")}`;
    return await run("sh", ["-c", line, "sh", ...args], {
      cwd: folder,
      env: { ...env, PATH: path },
    });
  }

  /** Runs kubectl as the administrator and returns its output. */
  async kubectl(args: readonly string[]): Promise<string> {
    return await this.shell('exec kubectl "$@"', this.#folder, args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.api.close();
    for (const child of this.#children.reverse()) {
      await child.stdin.close();
      await child.status;
    }
    await Deno.remove(this.#folder, { recursive: true });
  }
}
