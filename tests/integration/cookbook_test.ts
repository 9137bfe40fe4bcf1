/**
 * Runs the cookbook's code for other programs.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ROOT } from "../layers.ts";
import { temporary } from "../temporary.ts";
import { python } from "./readers.ts";
import { run } from "./servers.ts";

Deno.test("the Python of the cookbook runs on the sample", async () => {
  const text = await Deno.readTextFile(`${ROOT}docs/cookbook.md`);
  const blocks = [...text.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  const expected = ["Finland", "1940", "female"];
  assertEquals(blocks.length, expected.length);
  for (const [at, code] of blocks.entries()) {
    const own = code.replace('"data/tables"', '"data/sample/tables"');
    assert(own !== code);
    const printed = await run(await python(), ["-c", own], { cwd: ROOT });
    assertStringIncludes(printed, expected[at]!);
  }
});

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
}

Deno.test("the cells of the notebook run in order", async () => {
  const { cells }: { cells: readonly Cell[] } = JSON.parse(
    await Deno.readTextFile(`${ROOT}docs/cookbook.ipynb`),
  );
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  const queries = code.slice(1).map(({ id }) => id);
  assert(queries.length > 2);
  await using folder = await temporary();
  const program = [
    ...code.map(({ source }) => source.join("")),
    `Deno.writeTextFileSync(Deno.args[0], JSON.stringify([${queries.join(", ")}]));`,
  ].join("\n");
  await Deno.writeTextFile(`${folder.path}/cells.ts`, program);
  const args = ["run", "-q", "-A", "--no-lock", `${folder.path}/cells.ts`, `${folder.path}/rows`];
  await run("deno", args, { cwd: `${ROOT}docs` });
  const rows: readonly (readonly unknown[])[] = JSON.parse(
    await Deno.readTextFile(`${folder.path}/rows`),
  );
  assertEquals(rows.map((found) => found.length > 1), queries.map(() => true));
});
