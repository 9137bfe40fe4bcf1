import { pathOfUrl } from "../../etl/common/path.ts";
import { assertEquals } from "@std/assert";
import { withDataset } from "../query/dataset.ts";

const ROOT = pathOfUrl(new URL("../..", import.meta.url));
/** The files from which the code of a command is loaded. */
const CODE = ["deno.json", "etl", "schema", "std"].map((name) => ROOT + name).join();
const MAIN = pathOfUrl(new URL("./query_main.ts", import.meta.url));

async function query(permissions: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--lock=deno.lock", "--frozen", "--no-prompt", permissions, MAIN, ...args],
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("query needs only permission to read the dataset, and drops it", async () => {
  await withDataset(async (data) => {
    const { code, out, err } = await query(
      `--allow-read=${data},${CODE}`,
      data,
      "wasm",
      "csv",
      "select count(*) as n from users",
    );
    assertEquals([code, out, err], [0, "n\n3\n", "permissions left: \n"]);
  });
});

Deno.test("all parts of a table are read after the permissions are dropped", async () => {
  await withDataset(async (data) => {
    const users = `${data}/tables/users`;
    await Deno.copyFile(`${users}/part-00000.parquet`, `${users}/part-00001.parquet`);
    const sql = "select count(*) as n, count(distinct email) as emails from users";
    const { out, err } = await query(`--allow-read=${data},${CODE}`, data, "wasm", "csv", sql);
    assertEquals([out.split("\n")[1]?.split(",")[0], err], ["6", "permissions left: \n"]);
  });
});

Deno.test("the native engine writes Parquet after the permissions are dropped", async () => {
  const { code, out, err } = await query(
    "-P=query",
    "data/sample",
    "native",
    "parquet",
    "select 1",
  );
  assertEquals([code, out.slice(0, 4)], [0, "PAR1"], err);
});

Deno.test("an invalid statement gives exit code 2, a missing dataset exit code 7", async () => {
  await withDataset(async () => {
    assertEquals((await query("-P=query", "data/sample", "wasm", "csv", "selct 1")).code, 2);
    assertEquals((await query("-P=query", "data/none", "wasm", "csv", "select 1")).code, 7);
  });
});

/** Runs `query` as its task does, with this folder as the caller's working directory. */
async function task(here: string, ...args: string[]) {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      "--lock=deno.lock",
      "--frozen",
      "-P=query",
      "main.ts",
      "query",
      ...args,
    ],
    cwd: ROOT,
    env: { INIT_CWD: here, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return { code, err: new TextDecoder().decode(stderr) };
}

Deno.test("--export writes below data or where a permission allows it, and is refused with SQL", async () => {
  const here = await Deno.makeTempDir({ dir: `${ROOT}/data` });
  await using _ = { [Symbol.asyncDispose]: () => Deno.remove(here, { recursive: true }) };
  const data = ["--data", `${ROOT}/data/sample`];
  const made = await task(here, ...data, "--export", "people.sqlite");
  assertEquals([made.code, made.err.startsWith("Wrote people.sqlite")], [0, true], made.err);
  assertEquals((await Deno.stat(`${here}/people.sqlite`)).isFile, true);
  const outside = await task(ROOT, ...data, "--export", "people.duckdb");
  assertEquals([outside.code, outside.err.includes("--allow-write=")], [2, true], outside.err);
  const both = await task(here, ...data, "--export", "more.sqlite", "select 1");
  assertEquals([both.code, both.err.includes("--export writes whole tables")], [2, true]);
});
