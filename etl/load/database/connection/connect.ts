// Connects to a database by its URL, loading only the driver that it needs.
import type { Database } from "./session.ts";
import type { Target } from "./url.ts";

/** Opens a session; throws a `DestinationError` that says why it cannot. */
export async function connect(target: Target): Promise<Database> {
  if (target.kind === "postgres") {
    const { connectPostgres } = await import("./postgres.ts");
    return await connectPostgres(target);
  }
  const { connectMysql } = await import("./mysql.ts");
  return await connectMysql(target);
}
