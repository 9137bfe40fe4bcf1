import { assertEquals, assertRejects } from "@std/assert";
import { DestinationError } from "../../../etl/common/errors.ts";
import { HISTORY, inspect, preparing } from "../../../etl/load/database/state.ts";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { fakeDatabase, type Reply } from "./fake.ts";

const SEEN = /pg_class|information_schema/;
const VERSION = /schema_version/;
const all = [...TABLE_NAMES, "debr_meta"].map((name) => [name]);

/** The tables found, the reply to the version query, and the result: a version or an error. */
const STATES: Readonly<
  Record<string, readonly [seen: Reply, version: Reply, means: number | undefined | RegExp]>
> = {
  "no tables": [[], [], undefined],
  "all tables": [all, [[1]], 1],
  "tables under construction": [all, [[0]], 0],
  "tables without a version": [all, [], 0],
  "tables of a newer debr": [all, [["7"]], /version 7, this debr supports only 1/],
  "a table is missing": [all.slice(1), [[1]], /table countries of public is missing/],
  "tables of another application": [[["users"]], "42P01", /table users of public is not debr's/],
  "tables of another application in MySQL": [[["users"]], "ER_NO_SUCH_TABLE", /is not debr's/],
  "a version that this role cannot read": [all.slice(0, -1), "42501", /Cannot use it: 42501/],
};

for (const [title, [seen, version, means]] of Object.entries(STATES)) {
  Deno.test(`the state of a database is read: ${title}`, async () => {
    for (const flavour of ["postgres", "mariadb"] as const) {
      const look = () =>
        inspect(fakeDatabase(flavour, [[VERSION, version], [SEEN, seen]]), HISTORY);
      if (means instanceof RegExp) {
        const { message } = await assertRejects(look, DestinationError);
        assertEquals(means.test(message), true, message);
      } else assertEquals(await look(), means);
    }
  });
}

Deno.test("migrations run in order, and each one ends by setting its version", () => {
  const history = {
    version: 3,
    migrations: [2, 3].map((to) => ({ to, statements: () => [`step ${to}`] })),
  };
  const steps = (version: number | undefined) =>
    preparing(version, { flavour: "postgres", history })
      .map((sql) => /set schema_version = \d/.exec(sql)?.[0] ?? sql.slice(0, 18));
  assertEquals(steps(1), ["step 2", "set schema_version = 2", "step 3", "set schema_version = 3"]);
  assertEquals(steps(2), ["step 3", "set schema_version = 3"]);
  assertEquals(steps(3), []);
  assertEquals(steps(undefined)[0], "create table if no");
  assertEquals(steps(undefined).at(-1), "set schema_version = 3");
});
