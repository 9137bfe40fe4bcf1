import { DebrError, DestinationError, type ErrorDetails } from "../../../common/errors.ts";
import { findFault, type KnownFault } from "../../../common/known_fault.ts";
import { asAdministrator, checkServer, remedy, type Session } from "./rights.ts";
import type { Target } from "./url.ts";

const PASSWORD = {
  codes: /^(28P01|28000|ER_ACCESS_DENIED_(NO_PASSWORD_)?ERROR)$/,
  says: /client password must be a/,
};

const FAULTS: readonly KnownFault<Session>[] = [
  {
    ...PASSWORD,
    reason: ({ user }) => `the server refused user ${user} with this password`,
    next: () => "Check user and password; in the URL, write @ as %40, / as %2F, % as %25",
  },
  {
    codes: /^(3D000|ER_BAD_DB_ERROR)$/,
    reason: ({ database }) => `there is no database ${database}`,
    next: ({ database, kind }) =>
      `Create it: ${kind === "postgres" ? "createdb" : "create database"} ${database}`,
  },
  {
    codes: /^(42501|ER_(DB|TABLE|SPECIFIC_|COLUMN)ACCESS_DENIED_ERROR)$/,
    next: (session, said) => asAdministrator(remedy(session, said)),
  },
  {
    codes: /^(55P03|40P01|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK)$/,
    reason: () => "another session held a lock for too long",
    next: () => ({ code: "database_locked" }),
    transient: true,
  },
  {
    codes: /^(42703|42P01|ER_BAD_FIELD_ERROR|ER_NO_SUCH_TABLE)$/,
    next: () => ({ code: "tables_changed" }),
  },
  {
    codes: /^(23505|21000|ER_DUP_ENTRY)$/,
    next: () => ({ code: "key_twice" }),
  },
  {
    codes: /^(ER_NOT_ALLOWED_COMMAND|ER_CLIENT_LOCAL_FILES_DISABLED)$/,
    says: /local infile|local data/i,
    reason: () => "the server does not allow LOAD DATA LOCAL",
    next: () => asAdministrator("set global local_infile = 1"),
  },
  {
    codes: /^(53100|ER_RECORD_FILE_FULL|ER_DISK_FULL)$/,
    next: () => "Free space on the server, then run the same command again. Nothing was changed",
  },
  {
    codes: /^(53300|57P03|ER_CON_COUNT_ERROR)$/,
    next: () => "The server is busy or starting: run the same command again later",
    transient: true,
  },
  {
    codes: /^HANDSHAKE_NO_SSL_SUPPORT$/,
    says: /does not support (ssl|secure)/i,
    reason: () => "the server does not support encryption",
    next: () => "Enable it, or in a network that you trust use ?sslmode=prefer",
  },
  {
    codes: /^HANDSHAKE_SSL_ERROR$|^ERR_TLS|CERT|SELF_SIGNED/,
    says: /certificate|handshake|tls|ssl/i,
    next: () =>
      "Use the host name and the authority of its certificate: ?sslmode=verify-full&sslrootcert=ca.pem",
  },
  {
    codes: /^57P01$|^E(CONN|HOST|NET|TIMED|AI_)|ENOTFOUND|CONNECT_TIMEOUT|CONNECTION_|PROTOCOL_/,
    next: checkServer,
    transient: true,
  },
];

interface DriverError {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly DriverError[];
}

/** Minimum length of a password to redact: a shorter one can be part of ordinary words. */
const SEARCHED = 4;

export function redact(text: string, { password }: Target): string {
  return [password, encodeURIComponent(password)]
    .filter((secret) => secret.length >= SEARCHED)
    .reduce((redacted, secret) => redacted.replaceAll(secret, "***"), text);
}

/** Error codes of SQL that is written for another engine: syntax, functions, operators, types. */
const FOREIGN = /^(?:42601|42883|42704|42725|0A000)$|^ER_(?:PARSE_ERROR|SP_DOES_NOT_EXIST)/;

/** Error codes about the statement itself: their messages show no values of rows. */
const ABOUT_SQL = /^(?:42|0A)|^ER_(?:PARSE|BAD_FIELD|NO_SUCH_TABLE|SP_DOES_NOT|NON_UNIQ|.*DENIED)/;

export class DatabaseError extends DestinationError {
  /** PostgreSQL's SQLSTATE, MySQL's symbol such as `ER_PARSE_ERROR`, or a network code. */
  readonly code: string;

  /** The kind of error; the message of a `row` error may show values. */
  get about(): "foreign SQL" | "missing" | "rights" | "statement" | "row" {
    if (FOREIGN.test(this.code)) return "foreign SQL";
    if (/^42P01$|^ER_NO_SUCH_TABLE$/.test(this.code)) return "missing";
    if (/^42501$|^ER_.*DENIED/.test(this.code)) return "rights";
    return ABOUT_SQL.test(this.code) ? "statement" : "row";
  }

  constructor(message: string, { code, ...details }: ErrorDetails & { readonly code: string }) {
    super(message, details);
    this.code = code;
  }
}

export function isPasswordRefused(error: unknown): boolean {
  return error instanceof DatabaseError &&
    (PASSWORD.codes.test(error.code) || error.message.endsWith("with this password"));
}

export function faultOf(error: unknown, target: Session): DebrError {
  if (error instanceof DebrError) return error;
  if (error instanceof Deno.errors.NotCapable) throw error;
  const known = (error ?? {}) as DriverError;
  // Drivers wrap the errors of several addresses.
  const driver = known.errors?.[0] ?? known;
  const { code = "", message } = driver;
  const fault = findFault(FAULTS, { codes: [code], message });
  const said = message || code || String(error);
  const reason = fault?.reason?.(target) ?? redact(said, target).trim();
  return new DatabaseError(`Cannot use ${target.label}: ${reason}`, {
    code,
    step: "database",
    next: fault?.next(target, said) ?? "Nothing was changed; the database's log may say more",
    transient: fault?.transient ?? false,
  });
}

export function guarding(session: Session) {
  return <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error) => {
      throw faultOf(error, session);
    });
}

export function guards(session: Session) {
  const { purpose = "write" } = session;
  const reads = { ...session, purpose: purpose === "write" ? "read" as const : purpose };
  return [guarding(reads), guarding(session)] as const;
}
