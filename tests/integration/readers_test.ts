/**
 * Tables read by others than debr: pyarrow and the native DuckDB. pyarrow installs itself into
 * `data/readers/`, which git ignores.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { assertEquals } from "@std/assert";
import { layout } from "../../etl/load/dataset/paths.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { extracted, savePages } from "../extracted.ts";
import { readTables } from "../read_back.ts";
import { readWithDuckdb } from "../read_duckdb.ts";
import { temporary } from "../temporary.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));
const VENV = `${ROOT}data/readers/venv`;
const SCRIPT = `${ROOT}tests/integration/read_pyarrow.py`;
const PYARROW = "pyarrow==26.0.1";

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("pyarrow and the native DuckDB read every value that hyparquet reads", async () => {
  await Deno.mkdir(`${ROOT}data/readers`, { recursive: true });
  await run("python3", "-m", "venv", VENV);
  await run(`${VENV}/bin/python`, "-m", "pip", "install", "-q", PYARROW);
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const pages = (["1.3", "1.4"] as const).map((version) =>
    JSON.parse(syntheticPage({ seed: "readers", page: 1, results: 1000, version }))
  );
  await extracted({ source: await savePages(folder.path, pages) }, { root });
  const { tables } = layout(root);
  const expected = await readTables(tables);
  assertEquals(expected.users.length, 2000);
  assertEquals<unknown>(JSON.parse(await run(`${VENV}/bin/python`, SCRIPT, tables)), expected);
  assertEquals<unknown>(await readWithDuckdb(root, "native"), expected);
});
