import { UsageError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { testOwnFiles } from "./own_files.ts";

testOwnFiles("wasm");

Deno.test("only the native engine reads added JSON files", async () => {
  await withDataset(async (data) => {
    await Deno.writeTextFile(`${data}/a.ndjson`, '{"a":1}\n{"a":2}\n');
    const files = [{ path: `${data}/a.ndjson` }];
    const { next } = await assertRejects(() => openDataset(data, { files }), UsageError, "JSON");
    assertEquals(next, { code: "native_runs_it" });
    const dataset = await openDataset(data, { engine: "native", files });
    const result = await dataset.query("select sum(a) from a");
    assertEquals(await result.rows(), [["3"]]);
    dataset.close();
  });
});
