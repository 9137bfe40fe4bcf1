/**
 * Makes each change to a database, checks the reported difference, and reverts it by the next step.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { compareDatabase } from "../../etl/quality/drift/database.ts";
import type { Difference } from "../../etl/quality/drift/difference.ts";
import type { Database } from "../../etl/load/database/connection/session.ts";
import { COLUMN_WAYS } from "./drift_columns.ts";
import { KEY_WAYS } from "./drift_keys.ts";
import { TABLE_WAYS } from "./drift_tables.ts";
import type { Way } from "./drift_way.ts";
import { type Kind, runLoad, session } from "./load_support.ts";

const WAYS = { ...COLUMN_WAYS, ...KEY_WAYS, ...TABLE_WAYS };

const SAMPLE = ["--data", "data/sample"];

function forKind<T>(kind: Kind, both: T | Readonly<Record<Kind, T>>): T {
  const byKind = typeof both === "object" && both !== null && "postgres" in both;
  return byKind ? both[kind] : both as T;
}

async function revert(
  { undo, load }: Way,
  { kind, database, url, differences }: {
    kind: Kind;
    database: Database;
    url: string;
    differences: readonly Difference[];
  },
): Promise<void> {
  const statements = undo === undefined
    ? differences.flatMap(({ sql = [] }) => sql)
    : forKind(kind, undo);
  for (const statement of statements) await database.run(statement);
  if (load) assertEquals((await runLoad(url, SAMPLE)).status, 0);
}

/** Asserts that each change to new tables gives the expected differences and can be reverted. */
export async function assertWays(
  t: Deno.TestContext,
  { kind, url }: { readonly kind: Kind; readonly url: string },
): Promise<void> {
  assertEquals((await runLoad(url, SAMPLE)).status, 0);
  await using database = await session(url);
  assertEquals(await compareDatabase(database), { differences: [], notes: [] });
  const ways = Object.entries(WAYS).filter(([, { only }]) => (only ?? kind) === kind);
  assert(ways.length >= 20);
  for (const [name, way] of ways) {
    await t.step(name, async () => {
      for (const statement of forKind(kind, way.change)) await database.run(statement);
      const { differences } = await compareDatabase(database);
      const named: readonly (readonly string[])[] = differences.map((one) => [one.kind, one.place]);
      const expected: typeof named = kind === "mysql" ? way.mysql ?? way.differs : way.differs;
      assertEquals(named, expected);
      const found = way.found && forKind(kind, way.found);
      if (found !== undefined) assertEquals(differences[0]?.found, found);
      await revert(way, { kind, database, url, differences });
      assertEquals((await compareDatabase(database)).differences, []);
    });
  }
}
