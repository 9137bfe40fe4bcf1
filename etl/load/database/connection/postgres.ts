import pg from "npm:pg@8.23.1";
import { from as copyFrom } from "npm:pg-copy-streams@7.0.0";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { names, sql, textIn } from "../ddl/builder.ts";
import { DestinationError } from "../../../common/errors.ts";
import { answersOf, CONNECT_TIMEOUT, type Database, openSession, type Value } from "./session.ts";
import { guarding, guards } from "./faults.ts";
import { asAdministrator, remedy, type Session } from "./rights.ts";
import type { Target } from "./url.ts";

const AS_TEXT = { getTypeParser: () => String } as const;

/** The used parts of the driver. Its own types need Node's types, which affect all files. */
interface Client {
  readonly connect: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly on: (event: "error", listener: () => void) => void;
  readonly query: (
    query: string | Readonly<{ text: string; rowMode: "array"; types?: typeof AS_TEXT }>,
  ) => Promise<{
    readonly rows: Value[][];
    readonly fields: readonly { readonly name: string }[];
    readonly rowCount: number | null;
  }>;
}

/** A COPY; `rowCount` is valid after it finishes. */
type CopyStream = Writable & { readonly rowCount: number };

async function openClient(target: Target, encrypted: boolean): Promise<Client> {
  const { host, port, user, password, database, sslmode, ca } = target;
  const client: Client = new pg.Client({
    host,
    port,
    user,
    password,
    database,
    ssl: encrypted && { rejectUnauthorized: sslmode === "verify-full", ...(ca && { ca }) },
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    application_name: "debr",
  });
  // Needs no action: the running statement reports a broken connection.
  client.on("error", () => {});
  await client.connect();
  return client;
}

const isPlain = (error: unknown) =>
  (error as Error).message === "The server does not support SSL connections";

export async function connectPostgres(target: Session): Promise<Database> {
  const guard = guarding(target);
  const open = (encrypted: boolean) => openClient(target, encrypted);
  const client = await guard(() => openSession(target, { open, isPlain }));
  const close = () => client.end();
  const { rows: [[schema = null] = []] } = await guard(() =>
    client.query({ text: "select current_schema()", rowMode: "array" })
  );
  if (typeof schema !== "string") {
    await close();
    throw new DestinationError(`Cannot use ${target.label}: there is no schema to use`, {
      step: "database",
      next: asAdministrator(remedy(target, "no schema")),
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
        return answersOf(rows, fields);
      }),
    run: (statement) => writing(async () => (await client.query(statement)).rowCount ?? 0),
    copy: ({ name, columns }, chunks) =>
      writing(async () => {
        const text = textIn("postgres");
        const stream: CopyStream = copyFrom(
          text`copy ${sql.id(name)} (${names(columns)}) from stdin`,
        );
        client.query(stream as never);
        await pipeline(Readable.from(chunks), stream);
        return stream.rowCount;
      }),
    [Symbol.asyncDispose]: close,
  };
}
