import type { Purpose } from "./rights.ts";
import type { Database } from "./session.ts";
import type { Target } from "./url.ts";

/** Connects; errors about missing rights name the rights that the purpose needs. */
export async function connect(target: Target, purpose: Purpose = "write"): Promise<Database> {
  if (target.kind === "postgres") {
    const { connectPostgres } = await import("./postgres.ts");
    return await connectPostgres({ ...target, purpose });
  }
  const { connectMysql } = await import("./mysql.ts");
  return await connectMysql({ ...target, purpose });
}
