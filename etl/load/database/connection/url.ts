import type { Flavour } from "../ddl/builder.ts";
import { UsageError } from "../../../common/errors.ts";
import { readNamed } from "../../../common/system_fault.ts";

/** PostgreSQL's names of SSL modes. */
const SSL_MODES = ["disable", "prefer", "require", "verify-full"] as const;

type SslMode = typeof SSL_MODES[number];

export interface Target {
  /** The scheme of the URL. A server behind `mysql:` may be MariaDB. */
  readonly kind: Flavour;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly sslmode: SslMode;
  /** Certificates of the trusted authorities as PEM; by default the system's. */
  readonly ca?: string;
  /** The file of these certificates, for programs that read it themselves. */
  readonly caFile?: string;
  /** The URL without password and parameters, for messages. */
  readonly label: string;
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

function named(chars: readonly string[]): string {
  const all = [...new Set(chars)].map((char) => {
    const name = char === " " ? "a space" : char < " " ? "a control character" : char;
    return `${name} as %${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Characters that must be escaped in a user or password, because they delimit parts of a URL. */
const MISPLACED = /[@/#?[\]\\"<>^`{|}\s\p{Cc}]|%(?![0-9a-f]{2})/giu;

// Part of an unescaped password would be parsed as a host, looked up and shown.
function checkEscaped(text: string): void {
  const rest = text.slice(text.indexOf("://") + 3);
  const at = rest.lastIndexOf("@");
  if (at === -1) throw refuse("it names no user");
  const credentials = rest.slice(0, at);
  const [, ...colons] = credentials.match(/:/g) ?? [];
  const misplaced = [...credentials.match(MISPLACED) ?? [], ...colons];
  if (misplaced.length > 0) {
    throw refuse(
      "its user or password has a character that separates parts of a URL",
      `In the user and the password, write ${named(misplaced)}`,
    );
  }
  const after = rest.slice(at + 1).match(/[#\s\p{Cc}]|%(?![0-9a-f]{2})/giu) ?? [];
  if (after.length > 0) throw refuse("it has more after the database", `Write ${named(after)}`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refuse("its escapes are not UTF-8", "Write % as %25");
  }
}

function sslMode(text: string): SslMode {
  const mode = SSL_MODES.find((mode) => mode === text);
  if (mode !== undefined) return mode;
  throw refuse(`sslmode ${JSON.stringify(text)} is unknown`, `Use ${SSL_MODES.join(", ")}`);
}

/** Parses a URL. Throws a `UsageError` with the reason that never shows the URL. */
export async function parseTarget(text: string): Promise<Target> {
  const [scheme = ""] = /^[a-z]+:(?=\/\/)/i.exec(text.trim()) ?? [];
  const kind = KINDS[scheme.toLowerCase()];
  if (kind === undefined) throw refuse("it begins with neither postgres:// nor mysql://");
  checkEscaped(text.trim());
  const url = URL.parse(text.trim());
  if (url === null) throw refuse("its host or port is not valid");
  const database = decode(url.pathname.slice(1));
  if (url.hostname === "") throw refuse("it names no host");
  if (url.username === "") throw refuse("it names no user");
  if (database === "") throw refuse("it names no database");
  const { sslmode = "prefer", sslrootcert, ...others } = Object.fromEntries(url.searchParams);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw refuse(`parameter ${unknown} is unknown`, "Parameters are sslmode and sslrootcert");
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
      ca: await readNamed(sslrootcert, {
        what: "sslrootcert",
        step: "url",
        next: "Name a file with certificates in PEM format",
      }),
      caFile: sslrootcert,
    }),
    label: `${kind}://${url.username}@${url.hostname}:${port}/${url.pathname.slice(1)}`,
  };
}
