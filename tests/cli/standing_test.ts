/**
 * Commands that run in a folder other than the project's. `deno task` passes this folder in `INIT_CWD`.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { hashesUnder, Project } from "../project.ts";
import { temporary } from "../temporary.ts";
import { windowsLacks } from "../windows.ts";

Deno.test("a path is relative to the working directory and is printed as typed", async () => {
  await using project = await Project.copy({ sample: true });
  await Deno.mkdir(project.path("data/mine/deep"), { recursive: true });
  const env = { INIT_CWD: project.path("data/mine") };
  const page = "data/sample/pages/page-1.json.gz";
  const run = (args: readonly string[]) => project.run(args, { env });

  const there = await run(["extract", "--source", "../sample/pages/page-1.json.gz", "--out", "a/"]);
  assertEquals(there.status, 0, there.err);
  assertMatch(there.err, /in six tables under a\/tables/);
  assertStringIncludes(there.err, "deno task query --data a ");
  const here = await project.run(["extract", "--source", page, "--out", "data/mine/b"]);
  assertEquals(here.status, 0, here.err);
  const [a, b] = await Promise.all(
    ["a", "b"].map((name) => hashesUnder(project.path(`data/mine/${name}/tables`))),
  );
  assertEquals(a, b, "the tables are the same from any folder");

  await Deno.writeTextFile(project.path("data/mine/count.sql"), "select count(*) as n from users");
  const counted = await run(["query", "-f", "count.sql", "--data", "./a", "--format", "csv"]);
  assertEquals([counted.status, counted.out], [0, "n\n500\n"], counted.err);

  const missing = await run(["verify", "--data", "nothing"]);
  assertEquals(missing.status, 7);
  assertMatch(missing.err, /^Error: Cannot find tables in nothing: /);
  const refused = await run(["extract", "--source", "sample", "--out", "../../docs/x"]);
  assertEquals(refused.status, 2);
  assertStringIncludes(refused.err, '"../../docs/x"');
});

Deno.test("without a path each command uses the project's data from any folder", async () => {
  await using project = await Project.copy({ sample: true });
  const env = { INIT_CWD: Deno.build.os === "windows" ? "C:\\" : "/" };
  for (const args of [["extract", "--source", "sample"], ["verify"], ["check"]]) {
    const { status, err } = await project.run(args, { env });
    assertEquals(status, 0, err);
  }
  const { users } =
    JSON.parse(await Deno.readTextFile(project.path("data/tables/manifest.json"))).tables;
  assert(users.rows === 1000);
});

Deno.test({
  name: "every command works if data is a symbolic link",
  ignore: windowsLacks("symbolic links"),
  fn: async () => {
    await using project = await Project.copy({ sample: true });
    await using disk = await temporary();
    await Deno.mkdir(`${disk.path}/mine`);
    await Deno.symlink(`${disk.path}/mine`, project.path("data/mine"));
    const page = `${disk.path}/page.json.gz`;
    await Deno.copyFile(project.path("data/sample/pages/page-1.json.gz"), page);
    await Deno.mkdir(project.path("data/pages"));
    await Deno.symlink(page, project.path("data/pages/page.json.gz"));
    const commands = [
      ["extract", "--source", "data/pages", "--out", "data/mine"],
      ["query", "--data", "data/mine", "select count(*) from users"],
      ["check", "--data", "data/mine"],
      ["report", "--data", "data/mine", "--out", "data/mine/report.html"],
      ["verify", "--data", "data/mine"],
      ["rejects", "--data", "data/mine"],
      ["backup", "--data", "data/mine", "--to", "data/mine/backups"],
      ["land", "--source", "data/pages", "--out", "data/mine/raw"],
      ["extract", "--source", "data/mine/raw", "--out", "data/mine"],
    ];
    for (const args of commands) {
      const { status, err } = await project.run(args);
      assertEquals(status, 0, `${args.join(" ")}: ${err}`);
    }
  },
});
