/**
 * Real database servers, installed if they are missing. Each has a separate folder and a free port;
 * disposing it stops it.
 *
 * @module
 */

/** The password of the administrator; tests assert that no output contains it. */
export const PASSWORD = "pl4nted/pa@ss wörd";

/** A running server. */
export interface Server extends AsyncDisposable {
  readonly kind: "postgres" | "mysql";
  readonly port: number;
  /** Folder of certificates: `ca.pem` signs the server's certificate for `localhost`. */
  readonly folder: string;
  /** Returns the URL of a database for the administrator or another user. */
  readonly url: (database: string, user?: string, password?: string) => string;
}

/** The account of a server, because servers refuse to run as root. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Returns a free port. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Runs a program and returns its stdout. Throws with its output if it fails. */
export async function run(
  program: string,
  args: readonly string[],
  options: Deno.CommandOptions = {},
): Promise<string> {
  const { cwd } = options;
  // A task keeps an existing INIT_CWD, which the task of these tests has set.
  const env = { ...(cwd !== undefined && { INIT_CWD: String(cwd) }), ...options.env };
  const command = new Deno.Command(program, { ...options, args: [...args], env });
  const { success, stdout, stderr } = await command.output();
  const out = new TextDecoder().decode(stdout);
  if (success) return out;
  const output = `${out.slice(-4000)}\n${new TextDecoder().decode(stderr)}`;
  throw new Error(`Cannot run ${program} ${args.join(" ").slice(0, 200)}: ${output}`);
}

/** Runs a download; repeats it twice, after 10 and 20 seconds, because a registry may fail for a moment. */
export async function retried<T>(download: () => Promise<T>): Promise<T> {
  for (const wait of [10_000, 20_000]) {
    try {
      return await download();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return await download();
}

/** Installs Debian packages, with fresh lists if possible. */
export async function aptInstall(...args: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await retried(async () => {
    await run("apt-get", ["update", "-q"], { env }).catch(() => undefined);
    await run("apt-get", ["install", "-y", "-q", ...args], { env });
  });
}

/** Whether a program is installed. */
export async function has(program: string): Promise<boolean> {
  return await run("sh", ["-c", `command -v ${program}`]).then(() => true, () => false);
}

async function postgresBin(): Promise<string | undefined> {
  const found = await run("sh", ["-c", "ls -d /usr/lib/postgresql/*/bin | tail -1"])
    .catch(() => "");
  return found.trim() || undefined;
}

const INSTALLED = {
  postgresql: async () => await postgresBin() !== undefined,
  "mariadb-server": () => has("mariadbd"),
} as const;

/**
 * Installs a Debian package if it is missing, and returns whether it is available. Without it, tests are
 * skipped, or fail in continuous integration.
 */
export async function available(name: keyof typeof INSTALLED): Promise<boolean> {
  if (await INSTALLED[name]()) return true;
  if (Deno.uid() === 0 && await has("apt-get")) {
    await aptInstall(name).catch(() => undefined);
    if (await INSTALLED[name]()) return true;
  }
  if (Deno.env.get("CI") === "true") throw new Error(`Cannot test without ${name}: install it`);
  console.warn(`Skipped: ${name} is not installed. As root: apt-get install -y ${name}`);
  return false;
}

async function accountOf(names: readonly string[]): Promise<Account> {
  if (Deno.uid() !== 0) return {};
  for (const name of names) {
    const id = (option: string) => run("id", [option, name]).then(Number);
    try {
      return { uid: await id("-u"), gid: await id("-g") };
    } catch {
      continue;
    }
  }
  throw new Error(`Cannot start a server as root: there is no user ${names.join(" or ")}`);
}

async function own(folder: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined) await run("chown", ["-R", `${uid}:${gid}`, folder]);
}

/** Makes a certificate authority and a certificate for `localhost`. */
export async function makeCertificates(folder: string): Promise<void> {
  const openssl = (...args: string[]) => run("openssl", args, { cwd: folder });
  const key = ["-newkey", "rsa:2048", "-nodes"];
  await openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca");
  await openssl("req", ...key, "-keyout", "key.pem", "-out", "csr.pem", "-subj", "/CN=localhost");
  await Deno.writeTextFile(`${folder}/ext`, "subjectAltName=DNS:localhost");
  await openssl(
    ...["x509", "-req", "-in", "csr.pem", "-CA", "ca.pem", "-CAkey", "ca.key"],
    ...["-CAcreateserial", "-extfile", "ext", "-out", "cert.pem"],
  );
  await run("chmod", ["600", `${folder}/key.pem`]);
}

/** Waits until a server accepts connections. */
async function answers(port: number, child: Deno.ChildProcess): Promise<void> {
  let ended = false;
  child.status.then(() => ended = true);
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      using _connection = await Deno.connect({ hostname: "127.0.0.1", port });
      return;
    } catch {
      if (ended) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`Cannot start the server on port ${port}: it does not answer`);
}

async function serve(
  { kind, program, args, account, folder, port }: {
    readonly kind: Server["kind"];
    readonly program: string;
    readonly args: readonly string[];
    readonly account: Account;
    readonly folder: string;
    readonly port: number;
  },
): Promise<Server> {
  const child = new Deno.Command(program, {
    ...account,
    args: [...args],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const stop = async () => {
    // SIGINT stops PostgreSQL without waiting for sessions; MariaDB needs SIGTERM.
    child.kill(kind === "postgres" ? "SIGINT" : "SIGTERM");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  };
  try {
    await answers(port, child);
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return {
    kind,
    port,
    folder,
    url: (database, user = "admin", password = PASSWORD) =>
      `${kind}://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}`,
    [Symbol.asyncDispose]: stop,
  };
}

/** Starts PostgreSQL with the databases `people` and `postgres` and optional encryption. */
export async function startPostgres(settings: readonly string[] = []): Promise<Server> {
  const bin = await postgresBin();
  const account = await accountOf(["postgres", "nobody"]);
  const folder = await Deno.makeTempDir({ prefix: "debr-postgres-" });
  await makeCertificates(folder);
  await Deno.writeTextFile(`${folder}/password`, PASSWORD);
  await own(folder, account);
  const data = `${folder}/data`;
  const options = { ...account, cwd: folder };
  await run(`${bin}/initdb`, [
    ...["-D", data, "-U", "admin", "--pwfile", `${folder}/password`, "-A", "scram-sha-256"],
    ...["-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"],
  ], options);
  const port = freePort();
  const server = await serve({
    kind: "postgres",
    program: `${bin}/postgres`,
    args: [
      ...["-D", data, "-p", String(port), "-c", "listen_addresses=localhost"],
      ...["-c", `unix_socket_directories=${folder}`, "-c", "ssl=on"],
      ...["-c", `ssl_cert_file=${folder}/cert.pem`, "-c", `ssl_key_file=${folder}/key.pem`],
      ...settings.flatMap((setting) => ["-c", setting]),
    ],
    account,
    folder,
    port,
  });
  const connection = ["-h", folder, "-p", String(port), "-U", "admin", "-d", "postgres"];
  // The server accepts connections before it is ready for statements.
  const isReady = () => run(`${bin}/pg_isready`, connection).then(() => true, () => false);
  for (let attempt = 0; attempt < 300 && !await isReady(); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const env = { PGPASSWORD: PASSWORD };
  await run("psql", [...connection, "-c", "create database people"], { env });
  return server;
}

/** Starts MariaDB with the database `people` and optional encryption. */
export async function startMariadb(settings: readonly string[] = []): Promise<Server> {
  const account = await accountOf(["mysql", "nobody"]);
  const folder = await Deno.makeTempDir({ prefix: "debr-mariadb-" });
  await makeCertificates(folder);
  const data = `${folder}/data`;
  const quoted = PASSWORD.replaceAll("'", "''");
  await Deno.writeTextFile(
    `${folder}/init.sql`,
    [
      `create database if not exists people;`,
      `create user if not exists admin@'%' identified by '${quoted}';`,
      `grant all on *.* to admin@'%' with grant option;`,
      `drop user if exists ''@'localhost';`,
    ].join("\n"),
  );
  await own(folder, account);
  await run("mariadb-install-db", [
    ...["--no-defaults", `--datadir=${data}`, "--skip-test-db"],
    "--auth-root-authentication-method=normal",
  ], { ...account, cwd: folder });
  const port = freePort();
  return await serve({
    kind: "mysql",
    program: "mariadbd",
    args: [
      ...["--no-defaults", `--datadir=${data}`, `--socket=${folder}/socket`, `--port=${port}`],
      ...["--bind-address=127.0.0.1", "--local-infile=1", `--pid-file=${folder}/pid`],
      ...[`--ssl-cert=${folder}/cert.pem`, `--ssl-key=${folder}/key.pem`],
      ...["--character-set-server=utf8mb4", `--init-file=${folder}/init.sql`],
      // A separate folder, because a server removes the temporary tables in its folder when it starts.
      `--tmpdir=${folder}`,
      ...settings,
    ],
    account,
    folder,
    port,
  });
}
