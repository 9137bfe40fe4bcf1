import { openDataset } from "../../etl/query/dataset.ts";
import { assertEquals } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { testSession } from "./session.ts";

testSession("native");

Deno.test("native: variables and settings that use fewer resources are allowed", async () => {
  await withDataset(async (data) => {
    const dataset = await openDataset(data, { engine: "native" });
    for (
      const sql of [
        "set variable x = (select count(*) from users)",
        "set threads = 1",
        "set global memory_limit to '500MB'",
        "set default_null_order = 'nulls_first'",
      ]
    ) assertEquals(await dataset.run(sql), undefined);
    const result = await dataset.query(
      "select getvariable('x'), current_setting('threads'), current_setting('memory_limit')",
    );
    assertEquals(await result.rows(), [["3", "1", "476.8 MiB"]]);
    await result.close();
    await dataset.run("reset variable x");
    const reset = await dataset.query("select getvariable('x')");
    assertEquals(await reset.rows(), [[null]]);
    dataset.close();
  });
});
