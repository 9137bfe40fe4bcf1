// Connects to a database by its URL; only the driver it needs is loaded.
import type { Database } from "./session.ts";
import type { Target } from "./url.ts";

export async function connect(target: Target): Promise<Database> {
  if (target.kind === "postgres") {
    const { connectPostgres } = await import("./postgres.ts");
    return await connectPostgres(target);
  }
  const { connectMysql } = await import("./mysql.ts");
  return await connectMysql(target);
}
