/**
 * A session that notes its statements and answers as configured.
 *
 * @module
 */
import { DatabaseError } from "../../../etl/load/database/connection/faults.ts";
import type { Database, Flavour } from "../../../etl/load/database/mod.ts";
import type { Value } from "../../../etl/load/database/connection/session.ts";

/** What a statement is answered: rows, a number of rows changed, or the code of a refusal. */
export type Reply = readonly (readonly Value[])[] | number | string;

/** A session whose first reply that fits a statement is taken; without one it has no rows. */
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
