/**
 * `deno task report` with the permissions of its task.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Project } from "../project.ts";

Deno.test("report runs with the permissions of its task and writes only under data", async () => {
  await using project = await Project.copy();
  const none = await project.run(["report"]);
  assertEquals(none.status, 7);
  assertStringIncludes(none.err, "there is none in data");
  await project.run(["extract", "--source", "synthetic", "--results", "60"]);
  const written = await project.run(["report", "--data", "data/", "--out", "data/seen/it.html"]);
  assertEquals([written.status, written.out], [0, ""], written.err);
  assertMatch(written.err, /^Wrote data\/seen\/it\.html, \d+ kB\. Open it in a browser\n$/);
  const html = await Deno.readTextFile(project.path("data/seen/it.html"));
  assertStringIncludes(html, "60 people in six tables");
  const outside = await project.run(["report", "--out", "etl/report.html"]);
  assertEquals(outside.status, 2);
  assertMatch(outside.err, /no write permission[^]*-P=report --allow-write=etl\/ main\.ts report/);
  assert(!await Deno.stat(project.path("etl/report.html")).catch(() => false));
});
