import { pathOfUrl } from "../../etl/common/path.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { checkDocs, writeDocs } from "../../etl/cli/docs.ts";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { DriftError, EXIT } from "../../etl/common/errors.ts";
import { PUBLIC_RATE, WINDOW } from "../../etl/extract/api/budget.ts";
import { LIMITS } from "../../schema/mod.ts";

Deno.test("the committed documents are up to date", async () => {
  const root = pathOfUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");
  assert((await checkDocs(decodeURIComponent(root), COMMANDS)).startsWith("All "));
});

Deno.test("docs --check lists the stale documents, and docs writes only these", async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/docs`);
  for (const [path, block] of [["README.md", "erd"], ["docs/cookbook.md", "questions"]]) {
    const markers = `<!-- generated:${block} -->\n<!-- /generated:${block} -->\n`;
    await Deno.writeTextFile(`${root}/${path}`, markers);
  }
  await writeDocs(root, COMMANDS);
  await Deno.writeTextFile(`${root}/docs/cli.md`, "old");
  const error = await assertRejects(() => checkDocs(root, COMMANDS), DriftError, "1 stale");
  assert(error.message.endsWith("\n  docs/cli.md"));
  assertEquals(error.next, "Run: deno task docs");
  assertEquals(error.status, EXIT.drift);
  assertEquals(await Deno.readTextFile(`${root}/docs/cli.md`), "old");
  assertEquals((await writeDocs(root, COMMANDS)).split("\n").slice(1), ["  docs/cli.md", ""]);
  assert((await checkDocs(root, COMMANDS)).startsWith("All "));
  await Deno.remove(root, { recursive: true });
});

Deno.test("every command has a task, a permission set and a section in the reference", async () => {
  const reference = await Deno.readTextFile(new URL("../../docs/cli.md", import.meta.url));
  const tasks: Readonly<Record<string, { command: string; description: string }>> = config.tasks;
  for (const [name, load] of Object.entries(COMMANDS)) {
    assertEquals((await load()).name, name);
    const command = new RegExp(`^deno run -q (--\\S+ )*-P=${name} main.ts ${name}$`);
    assertMatch(tasks[name]?.command ?? "", command);
    assert(name in config.permissions);
    assert(reference.includes(`\n## ${name}\n`));
  }
});

Deno.test("help texts and the DAG state the limits of the API that the code has", async () => {
  const read = async (path: string) =>
    (await Deno.readTextFile(new URL(`../../${path}`, import.meta.url))).replaceAll(/\s+/g, " ");
  const help = await read("docs/cli.md");
  const { pageSize } = LIMITS;
  assertStringIncludes(help, `People per page, at most ${pageSize};`);
  assertStringIncludes(help, `default: ${PUBLIC_RATE} for randomuser.me`);
  assertStringIncludes(help, `status 429, 0 for no limit (default: ${PUBLIC_RATE})`);
  assertStringIncludes(help, `Length of the window (default: ${WINDOW / 1000})`);
  const dag = await read("deploy/airflow/dags/debr_nightly.py");
  assertStringIncludes(dag, `Param(${pageSize}, type="integer", minimum=1, maximum=${pageSize})`);
});
