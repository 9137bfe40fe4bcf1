/**
 * The history of commits: one line per commit; truncated lines are skipped.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { historyPath, readRuns } from "../../../etl/load/dataset/history.ts";
import { extracted } from "../../extracted.ts";
import { temporary } from "../../temporary.ts";

Deno.test("every commit adds a line, and truncated lines are skipped", async () => {
  await using folder = await temporary();
  const root = folder.path;
  assertEquals(await readRuns(root), []);
  await extracted({ source: "synthetic", results: 30 }, { root });
  await Deno.writeTextFile(historyPath(root), '{"at":"2030-01-01T00:00', { append: true });
  await extracted({ source: "synthetic", results: 40 }, { root });
  await Deno.writeTextFile(historyPath(root), '{"at":"2030-01-01T00:00:00Z","rows":{}}\n', {
    append: true,
  });
  const runs = await readRuns(root);
  assertEquals(runs.map(({ rows }) => rows.users), [30, 40]);
  assertEquals(runs.map(({ received, rejected }) => [received, rejected]), [[30, 0], [40, 0]]);
  assertEquals(runs[1]?.request["results"], 40);
  assertMatch(runs[0]?.at ?? "", /^\d{4}-\d\d-\d\dT/);
});

Deno.test("a history that cannot be written does not fail the run", async () => {
  await using folder = await temporary();
  const root = folder.path;
  await Deno.mkdir(historyPath(root));
  const { manifest } = await extracted({ source: "synthetic", results: 30 }, { root });
  assertEquals(manifest.tables.users.rows, 30);
});
