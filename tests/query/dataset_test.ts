import { DestinationError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import type { Engine } from "../../etl/query/engine.ts";
import { storeResult } from "../../etl/query/stored.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { nextOf } from "../next.ts";
import { testDataset } from "./dataset_tests.ts";

testDataset("wasm");

Deno.test("the error for a folder without a dataset names the command that makes one", async () => {
  const error = await assertRejects(
    () => openDataset("no/such"),
    DestinationError,
    "there is none",
  );
  assertEquals(nextOf(error), "Make them: deno task extract --out no/such");
  assertEquals(error.status, 7);
});

Deno.test("a table without a part is an error, never an empty table", async () => {
  await withDataset(async (data) => {
    await Deno.remove(`${data}/tables/altids/part-00000.parquet`);
    await Deno.writeTextFile(`${data}/tables/altids/.part-00000.parquet`, "hidden");
    await assertRejects(() => openDataset(data), DestinationError, "tables/altids");
  });
});

Deno.test("two open datasets do not affect each other", async () => {
  await withDataset(async (data) => {
    const [one, two] = [await openDataset(data), await openDataset(data)];
    await one.query("select 1 as only_here");
    const tables = await two.query("show tables");
    assertEquals(tables.rowCount, 6);
    two.close();
    const users = await one.query("from users");
    assertEquals(users.rowCount, 3);
    one.close();
  });
});

Deno.test("the error that ends the engine while rows are read is not hidden by another", async () => {
  const engine: Engine = {
    execute: (sql) =>
      sql.startsWith("drop") ? Promise.reject(new Error("ended")) : Promise.resolve(),
    list: () => Promise.reject(new Error("unused")),
    stream: async function* (sql) {
      if (sql.includes("c0")) throw new RangeError("too long");
      yield await Promise.resolve(sql.includes("count(*)") ? [["1"]] : [["a", "VARCHAR"]]);
    },
    parquet: async function* () {},
    close: () => {},
  };
  await assertRejects(
    async () => {
      const admitted = { kind: "select", sql: "select 1 as a" } as const;
      await using result = await storeResult(engine, admitted, { table: "t", signal: undefined });
      await result.rows();
    },
    RangeError,
    "too long",
  );
});
