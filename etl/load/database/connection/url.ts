/**
 * Where the database is: its URL, taken apart. The password in it appears in nothing that is printed.
 *
 * @module
 */
import type { Flavour } from "../ddl/builder.ts";
import { UsageError } from "../../../common/errors.ts";

/** How a connection is encrypted, as PostgreSQL names it. */
export const SSL_MODES = ["disable", "prefer", "require", "verify-full"] as const;

/** One of {@link SSL_MODES}. */
export type SslMode = typeof SSL_MODES[number];

/** A database to connect to. */
export interface Target {
  /** What the URL begins with. A server that answers to `mysql:` may be MariaDB all the same. */
  readonly kind: Flavour;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly sslmode: SslMode;
  /** Certificates of the authorities to trust, PEM; those of the system where there is none. */
  readonly ca?: string;
  /** The file that holds them, for programs that read it themselves. */
  readonly caFile?: string;
  /** The URL without its password and parameters: for messages. */
  readonly label: string;
}

const KINDS: Readonly<Record<string, Target["kind"]>> = {
  "postgres:": "postgres",
  "postgresql:": "postgres",
  "mysql:": "mysql",
  "mariadb:": "mariadb",
};

const PORTS = { postgres: 5432, mysql: 3306, mariadb: 3306 } as const;

/** What a URL looks like. */
export const EXAMPLE = "postgres://user:password@host:5432/database, or mysql://…";

function refuse(reason: string, next = `Write it as ${EXAMPLE}`): UsageError {
  return new UsageError(`Cannot use the database URL: ${reason}`, { step: "url", next });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refuse("a % in it stands before something else than two hexadecimal digits");
  }
}

function sslMode(text: string): SslMode {
  const mode = SSL_MODES.find((mode) => mode === text);
  if (mode !== undefined) return mode;
  throw refuse(`sslmode ${JSON.stringify(text)} is not known`, `Use ${SSL_MODES.join(", ")}`);
}

async function certificates(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw refuse(`sslrootcert ${path} is not there`, "Name a file of certificates in PEM");
  }
}

/** Takes a URL apart. Throws a `UsageError` that says what is wrong and never shows the URL. */
export async function parseTarget(text: string): Promise<Target> {
  const url = URL.parse(text.trim());
  if (url === null) {
    throw refuse("it is no URL", `Write it as ${EXAMPLE}; in a password, write @ as %40, / as %2F`);
  }
  const kind = KINDS[url.protocol];
  if (kind === undefined) throw refuse(`${url.protocol} is neither postgres: nor mysql:`);
  const database = decode(url.pathname.slice(1));
  if (url.hostname === "") throw refuse("it names no host");
  if (url.username === "") throw refuse("it names no user");
  if (database === "") throw refuse("it names no database");
  const { sslmode = "prefer", sslrootcert, ...others } = Object.fromEntries(url.searchParams);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw refuse(`parameter ${unknown} is not known`, "Parameters are sslmode and sslrootcert");
  }
  const host = decode(url.hostname).replace(/^\[|\]$/g, "");
  const port = url.port === "" ? PORTS[kind] : Number(url.port);
  return {
    kind,
    host,
    port,
    user: decode(url.username),
    password: decode(url.password),
    database,
    sslmode: sslMode(sslmode),
    ...(sslrootcert === undefined ? {} : {
      ca: await certificates(sslrootcert),
      caFile: sslrootcert,
    }),
    label: `${kind}://${url.username}@${url.hostname}:${port}/${url.pathname.slice(1)}`,
  };
}
