/**
 * A fake session that records its statements and gives configured replies.
 *
 * @module
 */
import { DatabaseError } from "../../../etl/load/database/connection/faults.ts";
import type { Database, Flavour } from "../../../etl/load/database/mod.ts";
import type { Value } from "../../../etl/load/database/connection/session.ts";

/** The reply to a statement: rows, the number of changed rows, or an error code. */
export type Reply = readonly (readonly Value[])[] | number | string;

/** Makes a session that gives the first reply with a matching pattern, or no rows. */
export function fakeDatabase(
  flavour: Flavour,
  replies: readonly (readonly [RegExp, Reply])[] = [],
): Database & { readonly statements: string[] } {
  const statements: string[] = [];
  const replyTo = (sql: string): Exclude<Reply, string> => {
    statements.push(sql);
    const reply = replies.find(([pattern]) => pattern.test(sql))?.[1] ?? [];
    if (typeof reply !== "string") return reply;
    throw new DatabaseError(`Cannot use it: ${reply}`, { code: reply, step: "database" });
  };
  // deno-lint-ignore require-await
  const rows = async (sql: string) => {
    const reply = replyTo(sql);
    return typeof reply === "number" ? [[reply]] : reply.map((row) => [...row]);
  };
  return {
    flavour,
    schema: "public",
    statements,
    rows,
    ask: async (sql) =>
      (await rows(sql)).map((row) =>
        Object.fromEntries(row.map((value, at) => [
          ["role", "table", "privilege"][at] ?? String(at),
          value === null ? null : String(value),
        ]))
      ),
    // deno-lint-ignore require-await
    run: async (sql) => {
      const reply = replyTo(sql);
      return typeof reply === "number" ? reply : 0;
    },
    // deno-lint-ignore require-await
    copy: async ({ name }, chunks) => {
      statements.push(`copy ${name}`);
      return [...chunks].reduce(
        (sum, chunk) => sum + chunk.filter((byte) => byte === 10).length,
        0,
      );
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
