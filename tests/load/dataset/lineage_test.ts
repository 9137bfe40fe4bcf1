import { assert, assertEquals, assertRejects } from "@std/assert";
import { commandFor } from "../../../etl/load/dataset/request_command.ts";
import { lineageOf } from "../../../etl/load/dataset/lineage.ts";
import { DestinationError, UsageError } from "../../../etl/common/errors.ts";
import { folder, people, run, userIds } from "./support.ts";

Deno.test("why names the part, request and pages of a person, also in a joined part", async () => {
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
    assertEquals(
      origin.command,
      `deno task extract --source ${origin.request["source"]} --out data/again`,
    );
    for (const part of origin.parts) assert((await Deno.stat(part)).isFile);
  }
});

Deno.test("why refuses what is no id and an id that nobody has, without repeating it", async () => {
  await using dir = await folder();
  await run(dir.path, [[people(5)]]);
  for (const id of ["ada", "00000000-0000-8000-8000-000000000000"]) {
    const fault = await assertRejects(() => lineageOf(`${dir.path}/data`, id), UsageError);
    assert(!fault.message.includes(id));
  }
  const id = "00000000-0000-8000-8000-000000000000";
  await assertRejects(() => lineageOf(dir.path, id), DestinationError, "nothing was committed");
});

Deno.test("the command that asks again has all options, quoted for a shell", () => {
  const request = {
    source: "api",
    api: "http://127.0.0.1:8000/api",
    version: "1.4",
    seed: "it's",
    nat: ["US", "GB"],
    gender: "female",
    results: 20,
    pageSize: 10,
  };
  assertEquals(
    commandFor(request),
    "deno task extract --source api --api http://127.0.0.1:8000/api --api-version 1.4 " +
      `--seed 'it'\\''s' --nat us,gb --gender female --results 20 --page-size 10`,
  );
  assertEquals(
    commandFor({ source: "pages/*.json", seed: "-x" }, "data/a b"),
    "deno task extract --source 'pages/*.json' --seed=-x --out 'data/a b'",
  );
});
