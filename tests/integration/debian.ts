/**
 * A new Debian in a folder, made once by debootstrap and copied for each test that changes it.
 *
 * @module
 */
import { temporary } from "../temporary.ts";
import { run } from "./servers.ts";
import { once, TOOLS } from "./tools.ts";

/** Returns the folder of the unchanged Debian. */
export async function debianFolder(): Promise<string> {
  const folder = `${TOOLS}/debian-bookworm`;
  await once(`${folder}.made`, async () => {
    const args = ["--variant=minbase", "bookworm", folder];
    // A second attempt reuses the downloaded packages.
    await run("debootstrap", args);
    await Deno.writeTextFile(`${folder}.made`, "");
  });
  return folder;
}

/** A copy of Debian with this machine's network and certificates; disposing it removes it. */
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

  /** Runs a program in it as root, with this machine's processes and devices. */
  async run(
    command: readonly string[],
    { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly status: number; readonly output: string }> {
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
    return { status: code, output: decoder.decode(stdout) + decoder.decode(stderr) };
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}

/** The PATH of systemd's services and of root. */
export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
