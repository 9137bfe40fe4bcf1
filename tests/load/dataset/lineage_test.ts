import { assert, assertEquals, assertRejects } from "@std/assert";
import { lineageOf } from "../../../etl/load/dataset/lineage.ts";
import { DestinationError, UsageError } from "../../../etl/common/errors.ts";
import { folder, people, run, userIds } from "./support.ts";

Deno.test("the lineage of a person names part, request and pages, also after parts are merged", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  const pool = people(80);
  const seen = new Set<string>();
  const pageOf = new Map<string, string>();
  for (let night = 0; night < 10; night++) {
    const page = pool.slice(night * 8, night * 8 + 8);
    const { manifest } = await run(dir.path, [[page]], { mode: "append" });
    const { pages } = manifest.batches.at(-1)!;
    for (const id of await userIds(root)) {
      if (!seen.has(id)) pageOf.set(id, pages[0]!.page);
      seen.add(id);
    }
  }
  for (const [id, page] of pageOf) {
    const origin = await lineageOf(root, id);
    assertEquals(origin.pages, [{ page, people: 8 }]);
    assertEquals(origin.request, { source: page.slice(0, page.lastIndexOf("/")) });
    for (const part of origin.parts) assert((await Deno.stat(part)).isFile);
  }
});

Deno.test("an invalid or unknown id is refused and not printed", async () => {
  await using dir = await folder();
  await run(dir.path, [[people(5)]]);
  for (const id of ["ada", "00000000-0000-8000-8000-000000000000"]) {
    const fault = await assertRejects(() => lineageOf(`${dir.path}/data`, id), UsageError);
    assert(!fault.message.includes(id));
  }
  const id = "00000000-0000-8000-8000-000000000000";
  await assertRejects(() => lineageOf(dir.path, id), DestinationError, "nothing was committed");
});
