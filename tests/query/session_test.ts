import { UsageError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { testSession } from "./session.ts";
import { nextText } from "../../etl/cli/next_steps.ts";

testSession("wasm");

Deno.test("the error for a feature missing in DuckDB 0.9.1 names the command for the native engine", async () => {
  await withDataset(async (data) => {
    const dataset = await openDataset(data);
    for (
      const [sql, says] of [
        ["set variable x = 1", "The native engine runs it"],
        ["set threads = 1", "The native engine runs it"],
        ["select list_zip([1], [2])", "The native engine is newer and may run it"],
        [
          "select list_transform([1], lambda y: y + 1)",
          "The native engine is newer and may run it",
        ],
      ]
    ) {
      const { next } = await assertRejects(() => dataset.run(sql ?? ""), UsageError);
      const args = ["query", "--engine", "wasm", sql ?? ""];
      assertEquals(
        nextText(next, { terminal: false, args }),
        `${says}: deno task query --engine native "${sql}"`,
      );
    }
    const { next } = await assertRejects(() => dataset.run("select * form users"), UsageError);
    assertEquals(next, undefined);
    dataset.close();
  });
});
