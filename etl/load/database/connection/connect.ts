// Connects to a database by its URL; only the driver it needs is loaded.
import type { Purpose } from "./rights.ts";
import type { Database } from "./session.ts";
import type { Target } from "./url.ts";

/** The purpose decides which rights a refused user is reported to ask for. */
export async function connect(target: Target, purpose: Purpose = "write"): Promise<Database> {
  if (target.kind === "postgres") {
    const { connectPostgres } = await import("./postgres.ts");
    return await connectPostgres({ ...target, purpose });
  }
  const { connectMysql } = await import("./mysql.ts");
  return await connectMysql({ ...target, purpose });
}
