import { assertEquals, assertRejects } from "@std/assert";
import { findTool } from "../../etl/backup/tools.ts";
import { DestinationError } from "../../etl/common/errors.ts";

Deno.test("an error names the missing database programs and their package", async () => {
  for (
    const [kind, name] of [["postgres", "postgresql-client"], ["mysql", "mariadb-client"]] as const
  ) {
    const error = await assertRejects(
      () => findTool(["no-such-dump", "no-such-dump-either"], kind),
      DestinationError,
      "Cannot run no-such-dump or no-such-dump-either: it is not installed",
    );
    assertEquals(error.next, `Install it: apt-get install ${name}, or brew install ${name}`);
  }
});

Deno.test("the first installed program is used", async () => {
  const { program, version } = await findTool(["no-such-dump", Deno.execPath()], "postgres");
  assertEquals([program, version.startsWith("deno ")], [Deno.execPath(), true]);
});
