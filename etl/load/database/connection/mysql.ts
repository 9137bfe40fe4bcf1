import mysql from "npm:mysql2@3.24.6/promise";
import { Buffer } from "node:buffer";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import { names, sql, textIn } from "../ddl/builder.ts";
import { DestinationError, UsageError } from "../../../common/errors.ts";
import { answersOf, CONNECT_TIMEOUT, type Database, openSession, type Value } from "./session.ts";
import { guarding, guards } from "./faults.ts";
import type { Session } from "./rights.ts";
import type { Target } from "./url.ts";

async function openConnection(target: Target, encrypted: boolean) {
  const { host, port, user, password, database, sslmode, ca } = target;
  const verified = sslmode === "verify-full";
  if (verified && isIP(host) !== 0) {
    // The driver would not compare the address with the name in the certificate.
    throw new UsageError(
      `Cannot verify the server ${host}: with MySQL only host names are verified`,
      {
        step: "url",
        next: "In the URL, write the host name of the certificate",
      },
    );
  }
  return await mysql.createConnection({
    host,
    port,
    user,
    password,
    database,
    charset: "utf8mb4",
    connectTimeout: CONNECT_TIMEOUT,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    rowsAsArray: true,
    ...(encrypted && {
      ssl: { rejectUnauthorized: verified, verifyIdentity: verified, ...(ca && { ca }) },
    }),
  });
}

const isPlain = (error: unknown) =>
  (error as { code?: string }).code === "HANDSHAKE_NO_SSL_SUPPORT";

// Overrides the server's defaults: text that is too long is an error, and a backslash is an escape.
// Other isolation levels lock every row that is read, which takes a third longer.
const SESSION = [
  "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
  "set session transaction isolation level read committed",
];

function loadData(table: string, columns: readonly string[]) {
  const format = "character set utf8mb4 fields terminated by '\\t' escaped by '\\\\'";
  return textIn("mysql")`load data local infile 'rows' into table ${sql.id(table)} ${
    sql.raw(format)
  }
    lines terminated by '\\n' (${names(columns)})`;
}

const asText = (field: { readonly string: () => string | null }) => field.string();

interface Outcome {
  readonly affectedRows?: number;
  readonly warningStatus?: number;
}

export async function connectMysql(target: Session): Promise<Database> {
  const guard = guarding(target);
  const open = (encrypted: boolean) => openConnection(target, encrypted);
  const session = await guard(() => openSession(target, { open, isPlain }));
  // Needs no action: the running statement reports a broken connection.
  session.on("error", () => {});
  const [[[version, account] = []]] = await guard(() =>
    session.query("select version(), current_user()") as unknown as Promise<[Value[][]]>
  );
  const [reading, writing] = guards({ ...target, account: String(account) });
  const rows = (query: string) =>
    reading(async () => (await session.query(query))[0] as unknown as Value[][]);
  const run = (statement: string) =>
    writing(async () => ((await session.query(statement))[0] as Outcome).affectedRows ?? 0);
  for (const setting of SESSION) await run(setting);
  return {
    flavour: /mariadb/i.test(String(version)) ? "mariadb" : "mysql",
    schema: target.database,
    rows,
    ask: (query) =>
      reading(async () => {
        const [rows, fields] = await session.query({ sql: query, typeCast: asText });
        return answersOf(rows as unknown as Value[][], fields);
      }),
    run,
    copy: ({ name, columns }, chunks) =>
      writing(async () => {
        const buffers = function* () {
          for (const { buffer, byteOffset, length } of chunks) {
            yield Buffer.from(buffer, byteOffset, length);
          }
        };
        const [result] = await session.query({
          sql: loadData(name, columns),
          infileStreamFactory: () => Readable.from(buffers()),
        });
        const { affectedRows = 0, warningStatus = 0 } = result as Outcome;
        // With LOCAL the server truncates values and gives only a warning.
        if (warningStatus > 0) throw await refused(name, rows);
        return affectedRows;
      }),
    [Symbol.asyncDispose]: async () => {
      await session.end().catch(() => session.destroy());
    },
  };
}

async function refused(
  table: string,
  rows: (query: string) => Promise<Value[][]>,
): Promise<DestinationError> {
  const [[, , message] = []] = await rows("show warnings limit 1");
  return new DestinationError(`Cannot load rows of ${table}: ${message}`, {
    step: "load",
    next: "Nothing was changed; the value does not fit the column",
  });
}
