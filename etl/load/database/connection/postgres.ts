// Connects to PostgreSQL, and sends rows by COPY.
import pg from "npm:pg@8.23.1";
import { from as copyFrom } from "npm:pg-copy-streams@7.0.0";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { names, sql, textOf } from "../ddl/builder.ts";
import { DestinationError } from "../../../common/errors.ts";
import { answerOf, type Database, type Value } from "./session.ts";
import { guarding, guards } from "./faults.ts";
import { remedy, type Session } from "./rights.ts";
import type { Target } from "./url.ts";

const CONNECT_TIMEOUT = 15_000;

/** The driver's message if a server does not accept encrypted connections. */
const NOT_ENCRYPTED = "The server does not support SSL connections";

/** Returns values as the server prints them. */
const AS_TEXT = { getTypeParser: () => String } as const;

/** The used parts of the driver. Its own types need Node's types, which affect all files. */
interface Client {
  readonly connect: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly on: (event: "error", listener: () => void) => void;
  readonly query: (
    query: string | {
      readonly text: string;
      readonly rowMode: "array";
      readonly types?: typeof AS_TEXT;
    },
  ) => Promise<{
    readonly rows: Value[][];
    readonly fields: readonly { readonly name: string }[];
    readonly rowCount: number | null;
  }>;
}

/** A COPY; `rowCount` is valid after it finishes. */
type CopyStream = Writable & { readonly rowCount: number };

async function connectOnce(target: Target, encrypted: boolean): Promise<Client> {
  const { host, port, user, password, database, sslmode, ca } = target;
  const ssl = {
    rejectUnauthorized: sslmode === "verify-full",
    ...(ca === undefined ? {} : { ca }),
  };
  const client: Client = new pg.Client({
    host,
    port,
    user,
    password,
    database,
    ssl: encrypted ? ssl : false,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    application_name: "debr",
  });
  // Needs no action: the running statement reports a broken connection.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function open(target: Target) {
  if (target.sslmode === "disable") return await connectOnce(target, false);
  try {
    return await connectOnce(target, true);
  } catch (error) {
    const plain = error instanceof Error && error.message === NOT_ENCRYPTED;
    if (target.sslmode !== "prefer" || !plain) throw error;
    return await connectOnce(target, false);
  }
}

export async function connectPostgres(target: Session): Promise<Database> {
  const client = await guarding(target)(() => open(target));
  const close = () => client.end();
  const { rows: [[schema = null] = []] } = await guarding(target)(() =>
    client.query({ text: "select current_schema()", rowMode: "array" })
  );
  if (typeof schema !== "string") {
    await close();
    throw new DestinationError(`Cannot use ${target.label}: there is no schema to use`, {
      step: "database",
      next: `Let it, as an administrator: ${remedy(target, "no schema")}`,
    });
  }
  const [reading, writing] = guards({ ...target, schema });
  return {
    flavour: "postgres",
    schema,
    rows: (text) => reading(async () => (await client.query({ text, rowMode: "array" })).rows),
    ask: (text) =>
      reading(async () => {
        const { fields, rows } = await client.query({ text, rowMode: "array", types: AS_TEXT });
        const names = fields.map(({ name }) => name);
        return rows.map((row) => answerOf(names, row));
      }),
    run: (statement) => writing(async () => (await client.query(statement)).rowCount ?? 0),
    copy: ({ name, columns }, chunks) =>
      writing(async () => {
        const into = sql`copy ${sql.id(name)} (${names(columns)}) from stdin`;
        const stream: CopyStream = copyFrom(textOf(into, "postgres"));
        client.query(stream as never);
        await pipeline(Readable.from(chunks), stream);
        return stream.rowCount;
      }),
    [Symbol.asyncDispose]: close,
  };
}
