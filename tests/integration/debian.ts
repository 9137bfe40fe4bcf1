/**
 * A fresh Debian in a folder, made by debootstrap once and copied for each test that changes it.
 *
 * @module
 */
import { temporary } from "../temporary.ts";
import { run } from "./servers.ts";
import { once, TOOLS } from "./tools.ts";

/** The folder of a Debian as debootstrap makes it; nobody changes it. */
export async function debianFolder(): Promise<string> {
  const folder = `${TOOLS}/debian-bookworm`;
  await once(`${folder}.made`, async () => {
    const args = ["--variant=minbase", "bookworm", folder];
    // A mirror may fail once; what it gave already is kept.
    await run("debootstrap", args).catch(() => run("debootstrap", args));
    await Deno.writeTextFile(`${folder}.made`, "");
  });
  return folder;
}

/** A Debian of its own, gone when disposed, with the network of this machine and its certificates. */
export class Debian implements AsyncDisposable {
  readonly root: string;
  readonly #folder: AsyncDisposable;

  private constructor(root: string, folder: AsyncDisposable) {
    this.root = root;
    this.#folder = folder;
  }

  static async copy(): Promise<Debian> {
    const folder = await temporary();
    const root = `${folder.path}/root`;
    await run("cp", ["-a", await debianFolder(), root]);
    await run("cp", ["/etc/resolv.conf", "/etc/hosts", `${root}/etc/`]);
    await run("cp", ["-r", "/usr/local/share/ca-certificates", `${root}/usr/local/share/`]);
    return new Debian(root, folder);
  }

  /** Runs a program in it as root, with processes and devices of this machine. */
  async run(
    command: readonly string[],
    { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly status: number; readonly said: string }> {
    const enter =
      'root=$1; shift; for name in proc dev sys; do mount --rbind "/$name" "$root/$name"; done;' +
      ' exec chroot "$root" "$@"';
    const { code, stdout, stderr } = await new Deno.Command("unshare", {
      args: ["--mount", "sh", "-ec", enter, "sh", this.root, ...command],
      clearEnv: true,
      env: { PATH: SYSTEM_PATH, DEBIAN_FRONTEND: "noninteractive", ...env },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { status: code, said: decoder.decode(stdout) + decoder.decode(stderr) };
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}

/** Where systemd's services, and root, look for programs. */
export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
