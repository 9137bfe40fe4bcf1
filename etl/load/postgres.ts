/**
 * PostgreSQL: rows go in by COPY.
 *
 * @module
 */
import postgres from "postgres";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { names, sql, textOf } from "../ddl/builder.ts";
import { DestinationError } from "../errors.ts";
import type { Database, Value } from "./database.ts";
import { faultOf } from "./faults.ts";
import type { Target } from "./url.ts";

/** Seconds to wait for a server to answer at all. */
const CONNECT_TIMEOUT = 15;

function encryption({ sslmode, host, ca }: Target) {
  switch (sslmode) {
    case "disable":
      return false;
    case "prefer":
    case "require":
      return sslmode;
    case "verify-full":
      return { rejectUnauthorized: true, host, ...(ca === undefined ? {} : { ca }) };
  }
}

/** Connects; throws a `DestinationError` that says why it cannot. */
export async function connectPostgres(target: Target): Promise<Database> {
  const { host, port, user, password, database } = target;
  const pool = postgres({
    host,
    port,
    user,
    password,
    database,
    ssl: encryption(target) as "prefer",
    max: 1,
    connect_timeout: CONNECT_TIMEOUT,
    // Nothing else is asked of the server, and notices are not printed.
    fetch_types: false,
    prepare: false,
    onnotice: () => {},
    connection: { application_name: "debr", DateStyle: "ISO" },
  });
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw faultOf(error, target);
    }
  };
  const session = await guard(() => pool.reserve()).catch(async (error) => {
    await pool.end({ timeout: 1 });
    throw error;
  });
  const close = () => pool.end({ timeout: 1 });
  const rows = (query: string) =>
    guard(async () => await session.unsafe(query).values() as unknown as Value[][]);
  const [[schema = null] = []] = await rows("select current_schema()");
  if (typeof schema !== "string") {
    await close();
    throw new DestinationError(`Cannot load into ${target.label}: no schema is there to use`, {
      step: "load",
      next: `Let user ${user} use one: grant create, usage on schema public to "${user}"`,
    });
  }
  return {
    flavour: "postgres",
    schema,
    rows,
    run: (statement) => guard(async () => (await session.unsafe(statement)).count ?? 0),
    copy: ({ name, columns }, chunks) =>
      guard(async () => {
        const statement = textOf(
          sql`copy ${sql.id(name)} (${names(columns)}) from stdin`,
          "postgres",
        );
        const query = session.unsafe(statement);
        await pipeline(Readable.from(chunks), await query.writable());
        return (await query).count;
      }),
    [Symbol.asyncDispose]: close,
  };
}
