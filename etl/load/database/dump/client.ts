import { findFault, type KnownFault } from "../../../common/known_fault.ts";
import { asAdministrator, checkServer, remedy, type Session } from "../connection/rights.ts";
import type { Target } from "../connection/url.ts";
import type { Database } from "../connection/session.ts";

export interface Tool {
  readonly program: string;
  readonly version: string;
}

/** Passwords are in `env`: unlike `args`, only the same user can read it. */
export interface ClientCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Names of packages in Debian and Ubuntu. */
export const CLIENT_PACKAGES = {
  postgres: "postgresql-client",
  mysql: "mariadb-client",
  mariadb: "mariadb-client",
} as const;

const isMariadb = ({ version }: Tool) => /mariadb/i.test(version);

export function programsFor({ flavour }: Pick<Database, "flavour">, what: "dump" | "restore") {
  if (flavour === "postgres") return [what === "dump" ? "pg_dump" : "pg_restore"];
  const [own, other] = what === "dump" ? ["mysqldump", "mariadb-dump"] : ["mysql", "mariadb"];
  return flavour === "mariadb" ? [other!, own!] : [own!, other!];
}

/** Sets libpq's variables, so that the command line shows nothing about the connection. */
function postgresCall(target: Target): ClientCall {
  const { host, port, user, password, database, sslmode, caFile } = target;
  const env = {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: sslmode,
    PGAPPNAME: "debr",
    PGCONNECT_TIMEOUT: "15",
    ...(caFile === undefined ? {} : { PGSSLROOTCERT: caFile }),
  };
  return { args: ["--no-password"], env };
}

/** Returns the encryption options: MariaDB's programs have flags, MySQL's have modes. */
function encryption(tool: Tool, { target, encrypted }: { target: Target; encrypted: boolean }) {
  const ca = target.caFile === undefined ? [] : [`--ssl-ca=${target.caFile}`];
  const verified = target.sslmode === "verify-full";
  if (!isMariadb(tool)) {
    const mode = verified ? "VERIFY_IDENTITY" : encrypted ? "REQUIRED" : "DISABLED";
    return [`--ssl-mode=${mode}`, ...ca];
  }
  if (!encrypted) return ["--skip-ssl"];
  return ["--ssl", verified ? "--ssl-verify-server-cert" : "--skip-ssl-verify-server-cert", ...ca];
}

/** Connects in the same way as this session, without option files. */
export async function clientCall(
  { flavour, rows }: Database,
  { tool, target }: { tool: Tool; target: Target },
): Promise<ClientCall> {
  if (flavour === "postgres") return postgresCall(target);
  const [row] = await rows("show session status like 'Ssl_cipher'");
  const encrypted = String(row?.[1] ?? "") !== "";
  const args = [
    ...["--no-defaults", "--protocol=tcp", `--host=${target.host}`, `--port=${target.port}`],
    ...[`--user=${target.user}`, "--default-character-set=utf8mb4"],
    ...encryption(tool, { target, encrypted }),
  ];
  return { args, env: { MYSQL_PWD: target.password } };
}

/** Excludes additions of MySQL that other servers cannot restore. */
export function mysqlDumpOptions(tool: Tool): string[] {
  const own = isMariadb(tool) ? [] : ["--set-gtid-purged=OFF", "--column-statistics=0"];
  const all = ["--routines", "--events", "--triggers"];
  return ["--single-transaction", "--quick", "--no-tablespaces", "--hex-blob", ...all, ...own];
}

const ADVICE: readonly KnownFault<Session>[] = [
  {
    says: /server version mismatch/i,
    next: () => "Install client programs of the server's version, or newer",
  },
  {
    says: /unsupported version .* in file header/i,
    next: () => "Install client programs of the version that made the dump, or newer",
  },
  {
    says: /row-level security/i,
    next: () => "Connect as a user who can read all rows: the owner, or one with BYPASSRLS",
  },
  {
    says: /permission denied|access denied|privilege/i,
    next: (session, said) => asAdministrator(remedy(session, said)),
  },
  {
    says: /connect|gone away|terminat|unexpected eof|eof detected/i,
    next: checkServer,
    transient: true,
  },
  { says: /certificate|ssl|tls/i, next: () => "Check sslmode and sslrootcert in the URL" },
  {
    says: /no space|disk full/i,
    next: () => "Free space on the server, then run the same command again",
  },
];

export function adviceFor(complaint: string): KnownFault<Session> | undefined {
  return findFault(ADVICE, { codes: [], message: complaint });
}
