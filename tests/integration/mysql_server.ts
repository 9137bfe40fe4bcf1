/**
 * A real MySQL from Debian's unstable release, the only release with MySQL. It is installed with all its
 * dependencies into a folder that git ignores, and runs there.
 *
 * @module
 */
import { ROOT } from "../layers.ts";
import { run } from "./servers.ts";

const FOLDER = `${ROOT}data/mysql`;
const INSIDE = `${FOLDER}/root`;

/** The password of the administrator. */
const PASSWORD = "pl4nted-mysql";

/** A running MySQL. */
export interface MysqlServer extends AsyncDisposable {
  /** Returns the URL of a database for the administrator. */
  readonly url: (database: string) => string;
}

/** Downloads the packages and unpacks them. */
async function install(): Promise<void> {
  if (await Deno.stat(`${FOLDER}/installed`).then(() => true, () => false)) return;
  await Deno.remove(FOLDER, { recursive: true }).catch(() => undefined);
  for (const name of ["lists/partial", "cache/archives/partial", "root"]) {
    await Deno.mkdir(`${FOLDER}/${name}`, { recursive: true });
  }
  const key = "/usr/share/keyrings/debian-archive-keyring.gpg";
  // Uses the mirror of this machine.
  const mirrors = await run("apt-get", ["indextargets", "--format", "$(REPO_URI)"]);
  const mirror = mirrors.split("\n").find((uri) => /\/debian\/?$/.test(uri));
  if (mirror === undefined) throw new Error("no mirror of Debian is set up");
  const source = `deb [signed-by=${key}] ${mirror} sid main\n`;
  await Deno.writeTextFile(`${FOLDER}/sources.list`, source);
  await Deno.writeTextFile(`${FOLDER}/status`, "");
  const options = [
    `Dir::Etc::SourceList=${FOLDER}/sources.list`,
    "Dir::Etc::SourceParts=/dev/null",
    `Dir::State::Lists=${FOLDER}/lists`,
    `Dir::State::status=${FOLDER}/status`,
    `Dir::Cache=${FOLDER}/cache`,
    "APT::Sandbox::User=root",
  ].flatMap((option) => ["-o", option]);
  await run("apt-get", [...options, "-q", "update"]);
  const wanted = ["--no-install-recommends", "--download-only", "mysql-server-core", "base-files"];
  await run("apt-get", [...options, "-q", "-y", "install", ...wanted]);
  const archives = `${FOLDER}/cache/archives`;
  const names = (await Array.fromAsync(Deno.readDir(archives))).map(({ name }) => name);
  const packages = names.filter((name) => name.endsWith(".deb"));
  // base-files must be first, because it has the targets of links.
  packages.sort((a, b) => Number(b.startsWith("base-files")) - Number(a.startsWith("base-files")));
  for (const name of packages) await run("dpkg", ["-x", `${archives}/${name}`, INSIDE]);
  await Deno.writeTextFile(`${INSIDE}/etc/passwd`, "root:x:0:0::/root:/bin/sh\n");
  for (const name of ["run/mysqld", "var/lib/mysql-files"]) {
    await Deno.mkdir(`${INSIDE}/${name}`, { recursive: true });
  }
  await run("mknod", ["-m", "666", `${INSIDE}/dev/urandom`, "c", "1", "9"]).catch(() => "");
  await Deno.writeTextFile(`${FOLDER}/installed`, "");
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function start(): Promise<MysqlServer> {
  await Deno.remove(`${INSIDE}/data`, { recursive: true }).catch(() => undefined);
  const port = freePort();
  const mysqld = ["/usr/sbin/mysqld", "--no-defaults", "--user=root", "--datadir=/data"];
  await run("chroot", [INSIDE, ...mysqld, "--initialize-insecure"]);
  await Deno.writeTextFile(
    `${INSIDE}/init.sql`,
    "create database people;\n" +
      `create user admin@'%' identified by '${PASSWORD}';\n` +
      "grant all on *.* to admin@'%' with grant option;\n",
  );
  const child = new Deno.Command("chroot", {
    args: [
      ...[INSIDE, ...mysqld, `--port=${port}`, "--bind-address=127.0.0.1", "--mysqlx=0"],
      ...["--socket=/run/mysqld/socket", "--local-infile=1", "--init-file=/init.sql"],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const dispose = async () => {
    child.kill("SIGTERM");
    await child.status;
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      using _connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const url = (database: string) => `mysql://admin:${PASSWORD}@localhost:${port}/${database}`;
      return { url, [Symbol.asyncDispose]: dispose };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await dispose();
  throw new Error("Cannot start MySQL: it does not answer");
}

/**
 * Starts MySQL; returns `undefined` if it is not available, because Debian's unstable release changes
 * every day.
 */
export async function mysqlServer(): Promise<MysqlServer | undefined> {
  try {
    if (Deno.uid() !== 0) throw new Error("only root may run it");
    await install();
    return await start();
  } catch (error) {
    console.warn(`Skipped: MySQL is not available: ${(error as Error).message.slice(0, 200)}`);
    return undefined;
  }
}
