/**
 * Builds the image with buildah on a Debian made by debootstrap, and runs it with the strictest settings
 * of a container engine. It needs neither a container engine nor a registry.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import type { Ended } from "../project.ts";
import { debianFolder } from "./debian.ts";
import { retried, run } from "./servers.ts";
import { debianTools } from "./tools.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));

/** Folder of the images; the base image is kept. */
const WORK = `${ROOT}data/image`;
const BASE = "localhost/debr-base";

/** The configuration of an image. */
interface Config {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly WorkingDir: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal: string;
}

async function buildah(...args: readonly string[]): Promise<string> {
  const store = ["--root", `${WORK}/store`, "--runroot", `${WORK}/run`, "--storage-driver", "vfs"];
  return (await run("buildah", [...store, ...args], { cwd: ROOT })).trim();
}

/** Installs buildah and debootstrap on Linux, and returns whether an image can be built. */
export async function imagesAvailable(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  return await debianTools({ buildah: "buildah", debootstrap: "debootstrap" });
}

/** Makes the base image, a minimal Debian, unless it exists. */
async function makeBase(): Promise<void> {
  if (await buildah("inspect", "--type", "image", BASE).then(() => true, () => false)) return;
  const container = await buildah("from", "scratch");
  await buildah("add", container, await debianFolder(), "/");
  await buildah("commit", "-q", "--rm", container, BASE);
}

async function megabytes(root: string): Promise<number> {
  return parseInt(await run("du", ["-sm", root]));
}

/** The built and mounted image; disposing it removes it. */
export class Image implements AsyncDisposable {
  readonly config: Config;
  /** Folder of its files. */
  readonly root: string;
  /** Size in addition to its base, in MB of 2^20 bytes. */
  readonly added: number;
  readonly #containers: readonly string[];

  private constructor(config: Config, root: string, added: number, containers: readonly string[]) {
    this.config = config;
    this.root = root;
    this.added = added;
    this.#containers = containers;
  }

  /** Builds it with this machine's network and certificates. */
  static async build(): Promise<Image> {
    await Deno.mkdir(WORK, { recursive: true });
    await makeBase();
    const build = [
      ...["build", "-q", "--isolation", "chroot", "-v", "/etc/ssl/certs:/etc/ssl/certs:ro"],
      ...["--build-arg", `BASE=${BASE}`, "--build-arg", "REVISION=tested"],
      ...["-f", "deploy/docker/Dockerfile", "-t", "debr", "."],
    ];
    await retried(() => buildah(...build));
    const { OCIv1: { config } } = JSON.parse(await buildah("inspect", "--type", "image", "debr"));
    const containers = [
      await buildah("from", "--pull-never", "debr"),
      await buildah("from", "--pull-never", BASE),
    ];
    const [root, base] = await Promise.all(containers.map((name) => buildah("mount", name)));
    const added = await megabytes(root!) - await megabytes(base!);
    return new Image(config, root!, added, containers);
  }

  /** Makes a volume like Docker, with the files that the image has there. */
  async volume(folder: string): Promise<string> {
    await run("cp", ["-a", `${this.root}/app/data`, folder]);
    await run("chown", ["-R", this.config.User, folder]);
    return folder;
  }

  /** Starts the entry point with these arguments on a read-only root. */
  start(volume: string, args: readonly string[], command = this.config.Entrypoint) {
    return new Deno.Command(`${ROOT}tests/integration/container.sh`, {
      args: [this.root, volume, this.config.User, this.config.WorkingDir, ...command, ...args],
      clearEnv: true,
      env: Object.fromEntries(this.config.Env.map((one) => one.split(/=(.*)/s, 2))),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Runs the entry point and returns its output. */
  async run(volume: string, args: readonly string[], command?: readonly string[]): Promise<Ended> {
    const { code, stdout, stderr } = await this.start(volume, args, command).output();
    const decoder = new TextDecoder();
    return { status: code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await buildah("rm", ...this.#containers);
    await buildah("rmi", "debr");
  }
}
