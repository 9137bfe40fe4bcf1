/**
 * Where the database is: its URL, from an option, a file or the environment. The password in it
 * appears in nothing that is printed.
 *
 * @module
 */
import type { Flavour } from "../ddl/builder.ts";
import { UsageError } from "../../../common/errors.ts";

/** The environment variable that holds the URL where no option does. */
export const URL_VARIABLE = "DEBR_DATABASE_URL";

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

/** A URL of a database up to its password, wherever it stands in a text; not that of an example. */
const WITH_PASSWORD = /\b((?:postgres(?:ql)?|mysql|mariadb):\/\/[^\s:/@]*):(?!password@)[^\s"]*@/gi;

/** A text without passwords of database URLs, as those which somebody gave to the wrong option. */
export function hidePasswords(text: string): string {
  return text.replace(WITH_PASSWORD, "$1:***@");
}

const KINDS: Readonly<Record<string, Target["kind"]>> = {
  "postgres:": "postgres",
  "postgresql:": "postgres",
  "mysql:": "mysql",
  "mariadb:": "mariadb",
};

const PORTS = { postgres: 5432, mysql: 3306, mariadb: 3306 } as const;

const EXAMPLE = "postgres://user:password@host:5432/database, or mysql://…";

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

async function readUrlFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new UsageError(`Cannot read the database URL from ${path}: there is no such file`, {
      step: "url",
      next: `Write the URL into it: ${EXAMPLE}`,
      cause,
    });
  }
}

/** The URL that an option gives: itself, `@file`, or the environment where it is missing. */
export async function findUrl(option: string | undefined): Promise<string> {
  if (option?.startsWith("@")) return await readUrlFile(option.slice(1));
  const url = option ?? Deno.env.get(URL_VARIABLE);
  if (url !== undefined && url !== "") return url;
  throw new UsageError("Cannot connect: no database is named", {
    step: "url",
    next: `Put ${EXAMPLE} into ${URL_VARIABLE}, or into a file and name that: @file`,
  });
}

/**
 * Takes the value of an option that names a database: a URL, or `@file`. Throws a `RangeError` for
 * a password: what stands on a command line is in the list of processes, and `deno task` prints it.
 */
export function urlOption(text: string): string {
  // Not by taking the URL apart: it may be wrong where the password is.
  if (text.startsWith("@") || !/:\/\/[^@/:]*:[^@]+@/.test(text)) return text;
  throw new RangeError(
    "it holds a password, which everybody who lists processes can read. " +
      `Put the URL into ${URL_VARIABLE}, or into a file and name that: @file`,
  );
}
