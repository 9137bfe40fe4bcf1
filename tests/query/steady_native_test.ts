import { assertEquals, assertRejects } from "@std/assert";
import { DestinationError } from "../../etl/common/errors.ts";
import { openNative } from "../../etl/query/native.ts";
import { partsOf } from "../../etl/query/parts.ts";
import { folder, people, run } from "../load/dataset/support.ts";
import { testSteady } from "./steady.ts";

testSteady("native");

for (const byFile of [true, false]) {
  Deno.test({
    name: `native: replaced parts ${byFile ? "are readable if open" : "by path are an error"}`,
    ignore: byFile && Deno.build.os !== "linux",
    fn: async () => {
      await using dir = await folder();
      const [few, more] = [people(10), people(30)];
      await run(dir.path, [[few]]);
      const engine = await openNative([await partsOf(`${dir.path}/data`, "users")], { byFile });
      const count = async () => (await engine.list("select count(*) from users")).rows;
      assertEquals(await count(), [["10"]]);
      await engine.requireSteady?.();
      await run(dir.path, [[more]]);
      const steady = async () => {
        assertEquals(await count(), [["10"]]);
        await engine.requireSteady?.();
      };
      if (byFile) await steady();
      else {
        await assertRejects(
          async () => await engine.requireSteady?.(),
          DestinationError,
          "a run has replaced its tables meanwhile",
        );
      }
      engine.close();
    },
  });
}
