import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../etl/common/errors.ts";
import type { Result } from "../../etl/query/engine.ts";
import { sqlError } from "../../etl/query/sql_error.ts";
import { explained } from "../../etl/query/stored.ts";

/** Makes a result that has one piece before an error. */
function failing(message: string): Result {
  async function* pieces<T>(piece: T): AsyncGenerator<T> {
    yield await Promise.resolve(piece);
    throw new Error(message);
  }
  const close = () => Promise.resolve();
  return {
    ...{ columns: [], rowCount: 2, close, [Symbol.asyncDispose]: close },
    batches: () => pieces([["1"]]),
    parquet: () => pieces(new Uint8Array(1)),
    rows: () => Promise.reject(new Error(message)),
  };
}

const MESSAGES: readonly (readonly [found: string, says: string])[] = [
  ["Out of Memory Error: Failed to allocate block", "Cannot run SQL: out of memory"],
  ["INTERNAL Error: memory access", "Cannot run SQL: the engine failed"],
];

for (const [found, says] of MESSAGES) {
  Deno.test(`an error while a result is read is a UsageError: ${found}`, async () => {
    const about = {
      sql: "from users",
      linesBefore: 1,
      tables: ["users"],
      engine: "wasm",
    } as const;
    const result = explained(failing(found), (error) => sqlError(error, about));
    const seen: unknown[] = [];
    const read = async (items: AsyncIterable<unknown>) => {
      for await (const item of items) seen.push(item);
    };
    await assertRejects(() => read(result.batches()), UsageError, says);
    await assertRejects(() => read(result.parquet()), UsageError, says);
    await assertRejects(() => result.rows(), UsageError, says);
    assertEquals(seen.length, 2);
  });
}
